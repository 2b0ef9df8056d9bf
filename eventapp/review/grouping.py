"""Grouping: notes that say nearly the same become one paragraph with several sources; the editor sees it and can part.

Two notes are near-duplicates when they share at least half of their runs of three words (Jaccard index over shingles,
Broder 1997); scripts that are written without spaces are compared by runs of characters. The cost grows with the text,
not with pairs of notes: only notes that share a run are compared, and runs that many notes share say nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from eventapp.outcomes.models import Note, Revision
from eventapp.review.parts import UNSPACED, plain, words_of

RUN = 3  # words
CHARACTERS = 4
ALIKE = 0.5  # of the runs of both
COMMON = 40  # notes that share a run before it stops telling them apart


class Holders:
    """Which groups of one kind of note have which runs. Nearly every run has one, and a list for each would weigh."""

    def __init__(self) -> None:
        self.first: dict[str, int] = {}
        self.more: dict[str, list[int]] = {}

    def add(self, run: str, place: int) -> None:
        """Say that the group at this place has this run."""
        if self.first.setdefault(run, place) != place:
            self.more.setdefault(run, []).append(place)

    def of(self, run: str) -> tuple[int, ...]:
        """Return the places that have it; none for a run that so many share that it says nothing."""
        first, more = self.first.get(run), self.more.get(run)
        if first is None or (more and len(more) >= COMMON):
            return ()
        return (first, *more) if more else (first,)


def grouped(
    notes: Iterable[Note], has_paragraph: Callable[[Note], bool], takes_more: Callable[[Note], bool]
) -> list[list[Note]]:
    """Return the notes in order, each with the later ones of its kind that say nearly the same.

    A note that has a paragraph already stands first in its own group: what is in the report is never merged. One whose
    paragraph was edited or removed takes no more, for nothing new would be seen there.
    """
    found: list[list[Note]] = []
    runs: list[frozenset[str]] = []
    index: dict[str, Holders] = defaultdict(Holders)
    for note in notes:
        own = runs_of(note.current.text)
        holders = index[note.current.kind]
        place = None if has_paragraph(note) else _alike(own, runs, holders)
        if place is not None:
            found[place].append(note)
            continue
        for run in own if takes_more(note) else ():
            holders.add(run, len(found))
        found.append([note])
        runs.append(own)
    return found


def say_nearly_the_same(one: Revision, other: Revision) -> bool:
    """Return whether two revisions are of one kind and share so much that compiling groups their notes."""
    mine, theirs = runs_of(one.text), runs_of(other.text)
    return one.kind == other.kind and _is_close(len(mine & theirs), mine, theirs)


def runs_of(text: str) -> frozenset[str]:
    """Return the runs by which a text is compared; a text shorter than one run is one run."""
    if UNSPACED.search(text):
        letters = "".join(words_of(plain(text)))
        return frozenset(letters[at : at + CHARACTERS] for at in range(max(1, len(letters) - CHARACTERS + 1)))
    words = words_of(text)
    return frozenset(" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))


def _alike(own: frozenset[str], runs: list[frozenset[str]], holders: Holders) -> int | None:
    shared = Counter(place for run in own for place in holders.of(run))
    close = [place for place, many in shared.items() if _is_close(many, own, runs[place])]
    return min(close, default=None)


def _is_close(shared: int, own: frozenset[str], other: frozenset[str]) -> bool:
    return shared >= ALIKE * (len(own) + len(other) - shared)
