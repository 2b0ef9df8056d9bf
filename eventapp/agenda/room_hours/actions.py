from collections.abc import Sequence
from datetime import datetime

from eventapp.agenda.availability.content import DayHours, rows_of
from eventapp.ground.db import lock
from eventapp.history.actions import record
from eventapp.meetings.models import Room
from eventapp.people.models import Person


def set_hours(room: Room, days: Sequence[DayHours], *, by: Person | None, at: datetime) -> bool:
    """Say on which days this room is not open all day, by the clocks of its meeting. Returns whether that is new.

    Sessions stay where they are: the plan warns of those outside.
    """
    lock(room.meeting)
    lock(room)
    rows = rows_of(days)
    if room.hours == rows:
        return False
    before, room.hours = [one["day"] for one in room.hours], rows
    changes = {"days": [before, [one["day"] for one in rows]]}
    record("set the hours of a room", room, by=by, at=at, code=room.code, changes=changes)
    return True
