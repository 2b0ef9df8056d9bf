"""The day as a table for planning: a column for each room, a row for each quarter of an hour.

Sessions span rows; those that share a room and a moment share a cell, so that a clash is seen as one group. Breaks that
nothing else runs beside are bands across all rooms. Nothing is placed by style: the table is the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from eventapp.agenda.models import Session
from eventapp.meetings.models import Meeting, Room
from eventapp.meetings.queries import rooms_in_use

RASTER = timedelta(minutes=15)
BREAK = "break"
FIRST, LAST = time(8), time(18)  # an empty day is shown from eight to six


@dataclass(frozen=True)
class Cell:
    """One cell: a band, sessions that share room and time, or a free quarter of an hour."""

    rows: int
    columns: int = 1
    room: Room | None = None
    sessions: tuple[Session, ...] = ()
    is_band: bool = False

    @property
    def is_clash(self) -> bool:
        """Whether more than one session wants this room at this time."""
        return len(self.sessions) > 1


@dataclass
class Row:
    """One quarter of an hour: when it begins, and the cells that begin in it."""

    starts: datetime
    is_hour: bool
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Grid:
    """The table of one day."""

    rooms: tuple[Room, ...]
    rows: tuple[Row, ...]
    unplaced: tuple[Session, ...]


def days_of(meeting: Meeting, sessions: Sequence[Session]) -> list[date]:
    """Every day of the meeting, and every other day a session is on."""
    span = (meeting.ends_on - meeting.starts_on).days + 1
    days = {meeting.starts_on + timedelta(days=number) for number in range(span)}
    return sorted(days | {one.starts_at.astimezone(meeting.tz).date() for one in sessions})


def grid(meeting: Meeting, sessions: Sequence[Session], day: date) -> Grid:
    """The table of this day, of sessions that are not cancelled, with their rooms loaded."""
    here = [one for one in sessions if one.starts_at.astimezone(meeting.tz).date() == day]
    bands = [one for one in here if one.kind == BREAK and not any(beside(one, other) for other in here)]
    placed = [one for one in here if one not in bands and one.room is not None]
    rooms = columns_of(meeting, placed, sessions)
    rows = rows_of(meeting, day, [*bands, *placed])
    fill(rows, bands, placed, rooms)
    unplaced = [one for one in here if one not in bands and one.room is None]
    return Grid(tuple(rooms), tuple(rows), tuple(unplaced))


def beside(one: Session, other: Session) -> bool:
    return one is not other and one.starts_at < other.ends_at and other.starts_at < one.ends_at


def columns_of(meeting: Meeting, placed: list[Session], sessions: Sequence[Session]) -> list[Room]:
    """The rooms of this day's sessions, and every other room in use that is not only a place for breaks."""
    used = {one.room_id for one in placed}
    for_breaks = {one.room_id for one in sessions} - {one.room_id for one in sessions if one.kind != BREAK}
    in_use = {room.id for room in rooms_in_use(meeting)} - for_breaks
    return [room for room in meeting.rooms if room.id in used | in_use]


def rows_of(meeting: Meeting, day: date, sessions: list[Session]) -> list[Row]:
    first = datetime.combine(day, FIRST, meeting.tz)
    last = datetime.combine(day, LAST, meeting.tz)
    starts = min([first, *(floor(one.starts_at.astimezone(meeting.tz)) for one in sessions)])
    ends = max([last, *(ceiling(one.ends_at.astimezone(meeting.tz)) for one in sessions)])
    count = round((ends - starts) / RASTER)
    moments = [starts + RASTER * number for number in range(count)]
    return [Row(moment, moment.minute == 0) for moment in moments]


def floor(moment: datetime) -> datetime:
    """The quarter of an hour this moment is in."""
    return moment.replace(minute=moment.minute - moment.minute % 15, second=0, microsecond=0)


def ceiling(moment: datetime) -> datetime:
    """The quarter of an hour that begins at this moment or next."""
    return floor(moment + RASTER - timedelta(microseconds=1))


def fill(rows: list[Row], bands: list[Session], placed: list[Session], rooms: list[Room]) -> None:
    """Give every row the cells that begin in it."""
    zone = rows[0].starts.tzinfo
    until = dict.fromkeys((room.id for room in rooms), rows[0].starts)
    for place, row in enumerate(rows):
        after = row.starts + RASTER
        band = next((one for one in bands if row.starts <= one.starts_at < after), None)
        if band is not None:
            end = ceiling(band.ends_at.astimezone(zone))
            row.cells.append(Cell(span(rows, place, end), max(len(rooms), 1), None, (band,), is_band=True))
            until = dict.fromkeys(until, end)
            continue
        for room in rooms:
            if until[room.id] > row.starts:
                continue
            here = group([one for one in placed if one.room_id == room.id], row.starts)
            if not here:
                row.cells.append(Cell(1, room=room))
                continue
            end = ceiling(max(one.ends_at for one in here).astimezone(zone))
            until[room.id] = end
            row.cells.append(Cell(span(rows, place, end), room=room, sessions=tuple(here)))


def group(sessions: list[Session], starts: datetime) -> list[Session]:
    """The sessions that begin in this quarter of an hour, and those that begin before the last of them ends."""
    found = [one for one in sessions if starts <= one.starts_at < starts + RASTER]
    while found:
        end = ceiling(max(one.ends_at for one in found))
        more = [one for one in sessions if one not in found and starts <= one.starts_at < end]
        if not more:
            break
        found += more
    return sorted(found, key=lambda one: (one.starts_at, one.code))


def span(rows: list[Row], place: int, end: datetime) -> int:
    """How many rows a cell that begins in this row and lasts until then covers."""
    return max(1, sum(row.starts < end for row in rows[place:]))
