"""Near-duplicates: notes that say nearly the same become one sentence with several sources.

Two notes are near-duplicates when they share at least half of their runs of three words (Jaccard index over shingles,
Broder 1997); scripts that are written without spaces are compared by runs of characters.
"""

from eventapp.record.notes.models import Revision
from eventapp.review.language.name_parts import UNSPACED, normalized, words_of

RUN = 3  # words
CHARACTERS = 4
ALIKE = 0.5  # of the runs of both


def say_nearly_the_same(one: Revision, other: Revision) -> bool:
    """Return whether two revisions are of one kind and share so much that compiling groups their notes."""
    mine, theirs = runs_of(one.text), runs_of(other.text)
    return one.kind == other.kind and _is_close(len(mine & theirs), mine, theirs)


def runs_of(text: str) -> frozenset[str]:
    """Return the runs by which a text is compared; a text shorter than one run is one run."""
    if UNSPACED.search(text):
        letters = "".join(words_of(normalized(text)))
        return frozenset(letters[at : at + CHARACTERS] for at in range(max(1, len(letters) - CHARACTERS + 1)))
    words = words_of(text)
    return frozenset(" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))


def _is_close(shared: int, own: frozenset[str], other: frozenset[str]) -> bool:
    return shared >= ALIKE * (len(own) + len(other) - shared)
