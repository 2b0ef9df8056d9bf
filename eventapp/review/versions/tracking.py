"""Tracked changes between any two versions of a draft: paragraphs that came, went or moved, and words that changed."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eventapp.record.notes.difference import NEW, OLD, SAME, Run, words_changed
from eventapp.review.language.name_parts import words_of
from eventapp.review.versions.snapshots import Line

ALIKE = 0.5  # of the words of a paragraph that went and one that came, to be the same one
MOST = 40_000  # pairs whose words are compared: where more came and went, each is told as what it is


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
    if before == after:  # as a draft that nobody has edited since
        return [Tracked(one.place, one.place, one.chapter, (Run(SAME, one.text),)) for one in after]
    pairs = paired(before, after)
    stayed, found_again = in_order([pairs[place] for place in sorted(pairs)]), set(pairs.values())
    gone = [place for place in range(len(before)) if place not in found_again]
    followers = _followers(before, gone, set(stayed))
    found = [_gone(before[place]) for place in followers.get(-1, ())]
    for place, come in enumerate(after):
        old = pairs.get(place)
        if old is None:
            found.append(Tracked("", come.place, come.chapter, (Run(NEW, come.text),)))
        else:
            is_moved = old not in stayed or before[old].part != come.part
            is_same = before[old].text == come.text  # as most are
            runs = (Run(SAME, come.text),) if is_same else words_changed(before[old].text, come.text)
            found.append(Tracked(before[old].place, come.place, come.chapter, runs, is_moved))
        found += [_gone(before[other]) for other in followers.get(old if old in stayed else None, ())]
    return found


def paired(before: Sequence[Line], after: Sequence[Line]) -> dict[int, int]:
    """Which paragraph of the later version was which of the earlier: by its row, else by the same words, else alike."""
    rows = {line.key: place for place, line in enumerate(before)}
    pairs = {place: rows[line.key] for place, line in enumerate(after) if line.key in rows}
    by_words: dict[str, list[int]] = {}
    for old in _rest(len(before), pairs.values()):
        by_words.setdefault(before[old].text, []).append(old)
    for place in _rest(len(after), pairs):
        if same := by_words.get(after[place].text):
            pairs[place] = same.pop(0)
    gone, come = _rest(len(before), pairs.values()), _rest(len(after), pairs)
    if len(gone) * len(come) > MOST:
        return pairs
    words = {old: set(words_of(before[old].text)) for old in gone}
    for place in come:
        mine = set(words_of(after[place].text))
        found = next((old for old, theirs in words.items() if _alike(theirs, mine)), None)
        if found is not None:
            pairs[place] = found
            del words[found]
    return pairs


def _rest(many: int, taken: Iterable[int]) -> list[int]:
    known = set(taken)
    return [place for place in range(many) if place not in known]


def in_order(places: Sequence[int]) -> set[int]:
    """The longest run of places that still follow each other: whatever is not in it was moved."""
    ends: list[int] = []  # of the best run of each length
    before: dict[int, int | None] = {}  # what a place follows in the best run that ends with it
    for place in places:
        length = bisect_left(ends, place)
        before[place] = ends[length - 1] if length else None
        ends[length : length + 1] = [place]
    found, last = set[int](), ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def _followers(before: Sequence[Line], gone: Sequence[int], stayed: set[int]) -> dict[int | None, list[int]]:
    """What went, by the paragraph that stayed before it; -1 for the head."""
    found: dict[int | None, list[int]] = {}
    for place in gone:
        found.setdefault(max((one for one in stayed if one < place), default=-1), []).append(place)
    return found


def _gone(line: Line) -> Tracked:
    return Tracked(line.place, "", line.chapter, (Run(OLD, line.text),))


def _alike(mine: set[str], theirs: set[str]) -> bool:
    return bool(mine & theirs) and len(mine & theirs) >= ALIKE * len(mine | theirs)
