"""What is kept of the findings of a report: where they are, by numbers of rows, and which names they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from eventapp.ground.db.types import Record
from eventapp.review.versions.checks import Findings

FOUND = (
    *("changed", "recounted", "withdrawn", "unsupported", "off_their_sources", "with_strange_figures", "named"),
    *("answered", "suspected", "unsourced", "slipped"),
)


class Row(NamedTuple):
    """A row of which only the number is kept."""

    id: int


class Place(NamedTuple):
    """A paragraph that something was found in."""

    paragraph: Row


@dataclass(frozen=True)
class StoredFindings:
    """The findings as the list of checks asks for them: the same names as `review/versions/checks.py: Findings`."""

    changed: Sequence[Place]
    recounted: Sequence[Place]
    withdrawn: Sequence[Place]
    unsupported: Sequence[Place]
    off_their_sources: Sequence[Place]
    with_strange_figures: Sequence[Place]
    named: Sequence[Place]
    answered: Sequence[Place]
    suspected: Sequence[Place]
    unsourced: Sequence[Place]
    slipped: Sequence[Place]
    unused: Sequence[Row]
    names: Sequence[str]
    names_in_titles: Sequence[str]


def written(found: Findings) -> Record:
    """Return what is kept of these findings."""
    places = {name: [about.paragraph.id for about in getattr(found, name)] for name in FOUND}
    names = {"names": found.names, "names_in_titles": list(found.names_in_titles)}
    return {**places, **names, "unused": [note.id for note in found.unused]}


def read(stored: Record) -> StoredFindings:
    """Return the findings from what was kept of them."""
    places = {name: [Place(Row(number)) for number in stored[name]] for name in FOUND}
    unused = [Row(number) for number in stored["unused"]]
    return StoredFindings(**places, unused=unused, names=stored["names"], names_in_titles=stored["names_in_titles"])
