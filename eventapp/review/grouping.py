"""Grouping: notes that say nearly the same become one paragraph with several sources; the editor sees it and can part.

Two notes are near-duplicates when they share at least half of their runs of three words (Jaccard index over shingles,
Broder 1997); scripts that are written without spaces are compared by runs of characters. The cost grows with the text,
not with pairs of notes: only notes that share a run are compared, and runs that many notes share say nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from eventapp.outcomes.models import Note
from eventapp.review.names import UNSPACED, plain, words_of

RUN = 3  # words
CHARACTERS = 4
ALIKE = 0.5  # of the runs of both
COMMON = 40  # notes that share a run before it stops telling them apart


def grouped(
    notes: Iterable[Note], has_paragraph: Callable[[Note], bool], takes_more: Callable[[Note], bool]
) -> list[list[Note]]:
    """Return the notes in order, each with the later ones of its kind that say nearly the same.

    A note that has a paragraph already stands first in its own group: what is in the report is never merged. One whose
    paragraph was edited or removed takes no more, for nothing new would be seen there.
    """
    found: list[list[Note]] = []
    runs: list[frozenset[str]] = []
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for note in notes:
        own = runs_of(note.current.text)
        place = None if has_paragraph(note) else _alike(note.current.kind, own, runs, index)
        if place is not None:
            found[place].append(note)
            continue
        for run in own if takes_more(note) else ():
            index[note.current.kind, run].append(len(found))
        found.append([note])
        runs.append(own)
    return found


def runs_of(text: str) -> frozenset[str]:
    """Return the runs by which a text is compared; a text shorter than one run is one run."""
    if UNSPACED.search(text):
        letters = "".join(words_of(plain(text)))
        return frozenset(letters[at : at + CHARACTERS] for at in range(max(1, len(letters) - CHARACTERS + 1)))
    words = words_of(text)
    return frozenset(" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))


def _alike(
    kind: str, own: frozenset[str], runs: list[frozenset[str]], index: dict[tuple[str, str], list[int]]
) -> int | None:
    shared = Counter(place for run in own for place in _holders(index.get((kind, run), [])))
    close = [place for place, many in shared.items() if many >= ALIKE * (len(own) + len(runs[place]) - many)]
    return min(close, default=None)


def _holders(places: list[int]) -> list[int]:
    return places if len(places) <= COMMON else []
