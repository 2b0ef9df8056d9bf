"""Who spoke at a meeting, as a table; read some at a time."""

from collections.abc import Sequence

from eventapp.floor.speaking.queries import numbers_at, statements_with
from eventapp.floor.speaking.times import cells, heads
from eventapp.ground.clock import now
from eventapp.ground.db.types import Record
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.tables import Table, in_slices

SPEAKERS = "speakers"


def read_speakers(meeting: Meeting, _wanted: Record) -> Table:
    """The table of all statements of the meeting."""
    numbers, at = numbers_at(meeting), now()

    def lines(some: Sequence[int]) -> list[list[str]]:
        return cells(statements_with(meeting, some), meeting.zone, at=at)

    return Table(meeting.short_title, heads(), len(numbers), in_slices(numbers, lines), {"lines": len(numbers)})
