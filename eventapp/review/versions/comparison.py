"""Two versions of a report side by side: which paragraphs came, went, moved or read otherwise, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from eventapp.record.notes.difference import NEW, OLD, SAME, Run, words_changed
from eventapp.review.annexes.anchor import without_anchor
from eventapp.review.language.name_parts import words_of
from eventapp.review.reports.content import Paragraph, Report

ALIKE = 0.4  # of the words of two paragraphs that share no evidence, to be the same one rewritten


@dataclass(frozen=True)
class Change:
    """One paragraph that differs: its places in both versions ('' where it is not there) and the words as runs."""

    before: str
    after: str
    chapter: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Comparison:
    """What differs between two versions, in the order of the later one, and how many paragraphs read the same.

    `head` are the words of the head that differ, `annexes` the annexes that do, by their titles.
    """

    changes: tuple[Change, ...]
    unchanged: int
    head: tuple[tuple[Run, ...], ...] = ()
    annexes: tuple[str, ...] = ()


def compare(before: Report, after: Report) -> Comparison:
    """Return the changes from one version to another. Footnotes are compared with the words they stand in."""
    old, new = list(before.paragraphs), list(after.paragraphs)
    headings = _headings(before) | _headings(after)
    said_before, said_after = [_text_of(one) for one in old], [_text_of(one) for one in new]
    changes: list[Change] = []
    unchanged = 0
    for tag, i, j, k, m in SequenceMatcher(None, said_before, said_after, autojunk=False).get_opcodes():
        if tag == "equal":
            unchanged += j - i
            continue
        for gone, come in _paired(old[i:j], new[k:m]):
            changes.append(_change(gone, come, headings))
    return Comparison(tuple(changes), unchanged, _head(before, after), _annexes(before, after))


def _head(before: Report, after: Report) -> tuple[tuple[Run, ...], ...]:
    """Return what changed in symbol, title and the titles of chapters."""
    old = [before.symbol, before.title, " / ".join(one.title for one in before.chapters)]
    new = [after.symbol, after.title, " / ".join(one.title for one in after.chapters)]
    return tuple(words_changed(was, now) for was, now in zip(old, new, strict=True) if was != now)


def _annexes(before: Report, after: Report) -> tuple[str, ...]:
    old, new = ({one.title: one.parts for one in without_anchor(report.annexes)} for report in (before, after))
    return tuple(title for title in {**old, **new} if old.get(title) != new.get(title))


def _headings(report: Report) -> dict[int, str]:
    """Return below which title each paragraph stands: that of its section, or of its chapter."""
    found: dict[int, str] = {}
    for chapter in report.chapters:
        title = chapter.title
        for one in chapter.paragraphs:
            found[id(one)] = title = one.section or title
    return found


def _text_of(paragraph: Paragraph) -> str:
    """Return the words with their footnotes where their marks stand, as an editor writes them."""
    return "".join(text + (f" [{note.text}]" if note else "") for text, note in paragraph.pieces)


def _paired(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[tuple[Paragraph | None, Paragraph | None]]:
    """Match what stands in the same gap, in order: by evidence they share, else by their words."""
    rest = list(old)
    for come in new:
        place = next((place for place, gone in enumerate(rest) if _is_rewritten(gone, come)), None)
        if place is None:
            yield None, come
            continue
        yield from ((gone, None) for gone in rest[:place])
        yield rest[place], come
        rest = rest[place + 1 :]
    yield from ((gone, None) for gone in rest)


def _is_rewritten(gone: Paragraph, come: Paragraph) -> bool:
    cited = {one.note for one in gone.evidence} & {one.note for one in come.evidence}
    one, other = set(words_of(gone.text)), set(words_of(come.text))
    return bool(cited) or len(one & other) >= ALIKE * len(one | other)


def _change(gone: Paragraph | None, come: Paragraph | None, headings: dict[int, str]) -> Change:
    shown = come or gone
    if gone and come:
        runs = words_changed(_text_of(gone), _text_of(come))
    else:
        runs = (Run(NEW, _text_of(come)),) if come else (Run(OLD, _text_of(gone)),) if gone else (Run(SAME, ""),)
    return Change(gone.place if gone else "", come.place if come else "", headings[id(shown)], runs)
