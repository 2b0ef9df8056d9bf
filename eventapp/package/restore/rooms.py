"""The rooms of a package, with the days on which they are not open."""

from dataclasses import asdict
from datetime import datetime

from eventapp.agenda.availability.content import DayHours, rows_of
from eventapp.meetings.models import Room
from eventapp.package.export import place


def room_from(room: place.Room, at: datetime) -> Room:
    """A room as its row has it; one that was closed is closed from this moment on."""
    hours = rows_of(DayHours(**asdict(one)) for one in room.hours)
    columns = {name: value for name, value in asdict(room).items() if name not in ("closed", "hours")}
    return Room(**columns, hours=hours, closed_at=at if room.closed else None)
