"""Notes that present the same practice: by the name it has in both, and by whom."""

from collections.abc import Mapping, Sequence

from eventapp.record.notes.models import Note
from eventapp.review.language.parts.particulars import HAS_A_NAME
from eventapp.review.reading.notes import ReadNote

SHORTEST = 2  # words of a name that a longer one may begin with


def present_the_same(one: ReadNote, other: ReadNote) -> bool:
    """Return whether one delegation presents one thing in both: their names are the same, or one begins the other."""
    mine, theirs = sorted((_words(one), _words(other)), key=len)
    is_same = bool(mine) and (mine == theirs or (len(mine) >= SHORTEST and theirs[: len(mine)] == mine))
    return is_same and one.delegation.key == other.delegation.key


def together(notes: Sequence[list[Note]], read: Mapping[int, ReadNote]) -> list[list[Note]]:
    """Put what is said of a practice behind its first mention by the same delegation; the rest stays in its order."""
    found: list[list[Note]] = []
    for some in notes:
        same = [at for at, one in enumerate(found) if present_the_same(read[one[0].id], read[some[0].id])]
        found.insert(same[-1] + 1 if same else len(found), some)
    return found


def _words(note: ReadNote) -> list[str]:
    return note.revision.title.casefold().strip(' .“”"').split() if note.revision.kind in HAS_A_NAME else []
