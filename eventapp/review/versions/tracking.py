"""Tracked changes between any two versions of a draft: paragraphs that came, went or moved, and words that changed."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.record.notes.difference import NEW, OLD, SAME, Run, words_changed
from eventapp.review.language.name_parts import words_of
from eventapp.review.versions.snapshots import Line

ALIKE = 0.5  # of the words of a paragraph that went and one that came, to be the same one


@dataclass(frozen=True)
class Tracked:
    """One paragraph: its places in both versions ('' where it is not there), its words as runs, whether it moved."""

    before: str
    after: str
    chapter: str
    runs: tuple[Run, ...]
    is_moved: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether anything is to be seen here but a new number."""
        return self.is_moved or any(run.kind != SAME for run in self.runs)


def tracked(before: Sequence[Line], after: Sequence[Line]) -> list[Tracked]:
    """Every paragraph of both versions in the order of the later one; what went stands where it stood."""
    pairs = paired(before, after)
    stayed = in_order([pairs[place] for place in sorted(pairs)])
    gone = [place for place in range(len(before)) if place not in set(pairs.values())]
    followers = _followers(before, gone, set(stayed))
    found = [_gone(before[place]) for place in followers.get(-1, ())]
    for place, come in enumerate(after):
        old = pairs.get(place)
        if old is None:
            found.append(Tracked("", come.place, come.chapter, (Run(NEW, come.text),)))
        else:
            is_moved = old not in stayed or before[old].part != come.part
            runs = words_changed(before[old].text, come.text)
            found.append(Tracked(before[old].place, come.place, come.chapter, runs, is_moved))
        found += [_gone(before[other]) for other in followers.get(old if old in stayed else None, ())]
    return found


def paired(before: Sequence[Line], after: Sequence[Line]) -> dict[int, int]:
    """Which paragraph of the later version was which of the earlier: by its row, else by the same words, else alike."""
    rows = {line.key: place for place, line in enumerate(before)}
    pairs = {place: rows[line.key] for place, line in enumerate(after) if line.key in rows}
    for is_same in (_same_words, _alike):
        taken = set(pairs.values())
        rest = [place for place in range(len(before)) if place not in taken]
        for place, come in enumerate(after):
            if place in pairs:
                continue
            found = next((old for old in rest if is_same(before[old], come)), None)
            if found is not None:
                pairs[place] = found
                rest.remove(found)
    return pairs


def in_order(places: Sequence[int]) -> set[int]:
    """The longest run of places that still follow each other: whatever is not in it was moved."""
    ends: list[int] = []  # of the best run of each length
    best: list[list[int]] = []
    for place in places:
        length = bisect_left(ends, place)
        run = [*(best[length - 1] if length else ()), place]
        ends[length : length + 1], best[length : length + 1] = [place], [run]
    return set(best[-1]) if best else set()


def _followers(before: Sequence[Line], gone: Sequence[int], stayed: set[int]) -> dict[int | None, list[int]]:
    """What went, by the paragraph that stayed before it; -1 for the head."""
    found: dict[int | None, list[int]] = {}
    for place in gone:
        found.setdefault(max((one for one in stayed if one < place), default=-1), []).append(place)
    return found


def _gone(line: Line) -> Tracked:
    return Tracked(line.place, "", line.chapter, (Run(OLD, line.text),))


def _same_words(one: Line, other: Line) -> bool:
    return one.text == other.text


def _alike(one: Line, other: Line) -> bool:
    mine, theirs = set(words_of(one.text)), set(words_of(other.text))
    return bool(mine & theirs) and len(mine & theirs) >= ALIKE * len(mine | theirs)
