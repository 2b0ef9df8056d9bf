"""How badges come out, before they are printed: made by the press, measured by it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from eventapp.badges.layouts.longest import Longest, longest_badges
from eventapp.badges.printing.faces import BadgeFace, Missing
from eventapp.badges.printing.layouts import PARTS, Design
from eventapp.badges.printing.sheet import press, values_of
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Category, Meeting

DOTS = 110  # to an inch: a little larger than on paper
# In points, by field: smaller it is not read by whoever stands before the bearer. The foot is for the desk alone.
LEGIBLE = {"name": 6.0, "name_own": 6.0, "event": 0.0}
OTHERS = 4.0


class Found(NamedTuple):
    """One text as the press set it: of which badge and field, how high in points, whether all of it has room."""

    badge: str
    field: str
    size: float
    fits: bool


@dataclass(frozen=True)
class Look:
    """A badge as it comes out, and what of it did not find room or has no letters."""

    longest: Longest
    face: BadgeFace
    pictures: tuple[str, ...]  # of each side, a PNG in base 64
    faults: tuple[str, ...]


def looks(meeting: Meeting, category: Category | None, design: Design) -> list[Look]:
    """The badge with the longest name in each script, by this layout."""
    found = longest_badges(meeting, category, design.questions)
    return looked_at([one for one, _face in found], [face for _one, face in found], design) if found else []


def looked_at(longest: Sequence[Longest], shown: Sequence[BadgeFace], design: Design) -> list[Look]:
    """These badges as the press makes them, one on a page."""
    layout = replace(design.layout, page=design.layout.badge, columns=1, rows=1, copies=1)
    sides = list(dict.fromkeys(design.sides))
    # Each has a number of its own here: one person may have the longest name in two scripts.
    numbered = [replace(face, reference=str(number)) for number, face in enumerate(shown)]
    missing: list[Missing] = []
    made = json.loads(
        press({"dots": DOTS}, lambda: values_of(numbered, layout, sides, "", missing, measured=True)),
    )
    found = [Found(one["of"][0], one["of"][1], float(one["size"]), one["fits"]) for one in made["found"]]
    looks = []
    for number, (one, face) in enumerate(zip(longest, shown, strict=True)):
        lacking = [each for each in dict.fromkeys(missing) if each.reference == str(number)]
        faults = [
            *faults_in(each for each in found if each.badge == str(number)),
            *(replace(each, reference=face.reference).sentence for each in lacking),
        ]
        pictures = made["pages"][number * len(sides) : (number + 1) * len(sides)]
        looks.append(Look(one, face, tuple(pictures), tuple(dict.fromkeys(faults))))
    return looks


def faults_in(found: Iterable[Found]) -> Iterator[str]:
    """What the press found on one badge, in sentences."""
    for one in found:
        if one.field == "room":
            if not one.fits:
                yield _("Not everything finds room: texts lie over one another. Leave a part out.")
        elif not one.fits:
            yield _("%(part)s: it does not fit, and some of it is cut off.", part=name_of(one.field))
        elif one.size < LEGIBLE.get(one.field, OTHERS):
            size = f"{one.size:.1f}"
            yield _(
                "%(part)s: it is set in %(size)s points, too small to be read from a step away.",
                part=name_of(one.field),
                size=size,
            )


def name_of(field: str) -> str:
    """What a field of a badge is called."""
    words = {"name": _("Name"), "class_label": _("Category"), "event": _("Name of the meeting")}
    words["answers"] = _("Answers")
    return words.get(field) or str(PARTS[field])
