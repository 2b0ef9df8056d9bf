"""What is set together: pages that need the Han fonts by themselves, some at a time.

Those fonts are one file of 33 MB, which a press reads whole for a single character. Apart from all others, few of their
badges are set by one press, many of the others by the next, and the two beside each other hold no more than they must.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from eventapp.badges.printing.faces import BadgeFace
from eventapp.badges.printing.layouts import Design, with_parts
from eventapp.badges.printing.lines import line

_LIGHT, _HEAVY = 80, 32  # badges set by one press, in whole pages; what it holds grows with them
# Han, kana and hangul, their signs and their wide and narrow forms.
_HAN = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)


@dataclass(frozen=True)
class Run:
    """Badges that come out in the same way, one after the other."""

    design: Design
    faces: Sequence[BadgeFace]


@dataclass(frozen=True)
class Batch:
    """Badges for one press, and which pages of the whole they make, counted from nought."""

    pages: tuple[int, ...]
    faces: tuple[BadgeFace, ...]
    design: Design = field(default_factory=Design)
    is_heavy: bool = False  # it needs the Han fonts


def batches_of(runs: Iterable[Run]) -> list[Batch]:
    """All of these, run after run, the pages of each after those of the one before: two for each where both sides are
    printed, the back behind its front. Those with Han characters come first, as of one run.
    """
    made: list[Batch] = []
    pages = 0
    for run in runs:
        design, sides = run.design, 2 if run.design.is_double else 1
        faces = [with_parts(face, design.all_parts) for face in run.faces]
        for batch in batches(faces, design.layout.to_a_page):
            here = tuple(pages + page * sides + side for page in batch.pages for side in range(sides))
            made.append(Batch(here, batch.faces, design, batch.is_heavy))
        pages += design.pages(len(faces))
    return sorted(made, key=lambda batch: not batch.is_heavy)


def batches(faces: Sequence[BadgeFace], to_a_page: int) -> list[Batch]:
    """All of these, those with Han characters first, and each form of them by itself.

    Of few badges two forms are set together: to start a press for each would take longer than to hold one more.
    Whoever presses two at once takes one from the front and one from the back. Then two of the first kind meet only
    where they are the most of the work, and to let one wait would take longer than to hold more.
    """
    pages = [tuple(faces[start : start + to_a_page]) for start in range(0, len(faces), to_a_page)]
    needed = [_forms(page) for page in pages]
    all_forms = tuple(sorted(set(chain.from_iterable(needed))))
    if len(faces) <= _LIGHT and len(all_forms) == 2:  # noqa: PLR2004 -- two forms, as said above
        needed = [all_forms if forms else () for forms in needed]
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, forms in enumerate(needed):
        alike[forms].append(number)
    return [
        Batch(some, tuple(face for page in some for face in pages[page]), is_heavy=bool(forms))
        for forms in sorted(alike, key=lambda forms: (not forms, forms))
        for some in _cut(alike[forms], (_HEAVY if forms else _LIGHT) // to_a_page)
    ]


def _cut(numbers: Sequence[int], most: int) -> Iterator[tuple[int, ...]]:
    for start in range(0, len(numbers), most):
        yield tuple(numbers[start : start + most])


def _forms(page: Iterable[BadgeFace]) -> tuple[str, ...]:
    """The forms of Han characters that are on it: each is the whole file anew."""
    fonts = {line(words, language).font for face in page for words, language in _words(face) if _HAN.search(words)}
    return tuple(sorted(fonts))


def _words(face: BadgeFace) -> Iterator[tuple[str, str]]:
    yield face.name_own, face.language_own
    for words in (
        face.name,
        face.organization,
        face.delegation,
        face.class_label,
        face.remark,
        *face.roles,
        *face.sessions,
        *face.languages,
        *(one.words for one in face.answers),
        *face.event,
    ):
        yield words, ""
