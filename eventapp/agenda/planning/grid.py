"""The day as a table for planning: rooms across, a row for each quarter of an hour.

A room has as many columns as sessions ever stand beside one another in it, so that a clash is seen as what it is. A
break is a band across the rooms; a session that runs over it takes its own room out of the band. Nothing is placed by
style: the table is the plan.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby

from eventapp.agenda.models import Session
from eventapp.agenda.planning.lanes import Lanes, Slot, firsts_of, lanes_of, overlap, pieces
from eventapp.agenda.room_hours.content import shut_hours
from eventapp.meetings.models import Meeting, Room
from eventapp.meetings.queries import rooms_in_use
from eventapp.vocabulary.sessions import BREAK

RASTER = timedelta(minutes=15)
FIRST, LAST = time(8), time(20)  # an empty day is shown from eight to eight
BEYOND = timedelta(hours=2)  # free rows after the last session, so that one can be put there
MOST_WIDE = 8  # rooms shown wide unless others are asked for


@dataclass(frozen=True)
class Cell:
    """One cell: a session, a piece of the band of a break, or a free quarter of an hour."""

    rows: int
    columns: int = 1
    room: Room | None = None
    session: Session | None = None
    is_band: bool = False
    is_clash: bool = False
    is_again: bool = False  # a further piece of a band
    is_shut: bool = False  # free, while its room is not open


@dataclass
class Row:
    """One quarter of an hour: when it begins, and the cells that begin in it."""

    starts: datetime
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Column:
    """A room that is shown wide, and how many columns of the table it has."""

    room: Room
    lanes: int


@dataclass(frozen=True)
class Folded:
    """A room of which only the name stands, with how many sessions it has this day."""

    room: Room
    sessions: int


@dataclass(frozen=True)
class Grid:
    """The table of one day."""

    columns: tuple[Column, ...]
    folded: tuple[Folded, ...]
    rows: tuple[Row, ...]

    @property
    def rooms(self) -> tuple[Room, ...]:
        """The rooms that are shown wide."""
        return tuple(one.room for one in self.columns)


def days_of(meeting: Meeting, times: Sequence[datetime]) -> list[date]:
    """Every day of the meeting, and every other day on which something begins at one of these times."""
    span = (meeting.ends_on - meeting.starts_on).days + 1
    days = {meeting.starts_on + timedelta(days=number) for number in range(span)}
    return sorted(days | {one.astimezone(meeting.tz).date() for one in times})


def grid(
    meeting: Meeting,
    sessions: Sequence[Session],
    day: date,
    wide: Collection[str] = (),
    *,
    idle: Collection[int | None] = (),
) -> Grid:
    """The table of this day, of sessions that are not cancelled, with their rooms loaded.

    `wide` are the codes of the rooms that are to be shown wide; without any, the first that have something this day.
    `idle` are the numbers of the rooms that only breaks are ever in: they have no column.
    """
    here = [one for one in sessions if one.starts_at.astimezone(meeting.tz).date() == day]
    rows = rows_of(meeting, day, here)
    slots = [slot_of(rows, one) for one in here]
    bands = bands_of(slots)
    placed = [one for one in slots if one not in bands and one.session.room_id is not None]
    rooms = rooms_of(meeting, [one.session for one in placed], idle)
    shown = shown_of(rooms, [one.session for one in placed], wide)
    lanes = [lanes_of(room, [one for one in placed if one.session.room_id == room.id]) for room in shown]
    lanes = with_those_that_find_no_room(bands, lanes)
    fill(rows, lanes, bands, shut_rows(meeting, rows, lanes))
    folded = [Folded(one, sum(slot.session.room_id == one.id for slot in placed)) for one in rooms if one not in shown]
    return Grid(tuple(Column(one.room, one.count) for one in lanes), tuple(folded), tuple(rows))


def rows_of(meeting: Meeting, day: date, sessions: Sequence[Session]) -> list[Row]:
    """From eight, or earlier where something is, to two hours after the last session, but no further than midnight."""
    first, last = datetime.combine(day, FIRST, meeting.tz), datetime.combine(day, LAST, meeting.tz)
    midnight = datetime.combine(day + timedelta(days=1), time(0), meeting.tz)
    starts = min([first, *(floor(one.starts_at.astimezone(meeting.tz)) for one in sessions)])
    latest = max([first, *(ceiling(one.ends_at.astimezone(meeting.tz)) for one in sessions)])
    ends = max(last, latest, min(latest + BEYOND, midnight))
    count = round((ends - starts) / RASTER)
    return [Row(starts + RASTER * number) for number in range(count)]


def floor(moment: datetime) -> datetime:
    """The quarter of an hour this moment is in."""
    return moment.replace(minute=moment.minute - moment.minute % 15, second=0, microsecond=0)


def ceiling(moment: datetime) -> datetime:
    """The quarter of an hour that begins at this moment or next."""
    return floor(moment + RASTER - timedelta(microseconds=1))


def slot_of(rows: list[Row], session: Session) -> Slot:
    zone = rows[0].starts.tzinfo
    first = round((floor(session.starts_at.astimezone(zone)) - rows[0].starts) / RASTER)
    end = round((ceiling(session.ends_at.astimezone(zone)) - rows[0].starts) / RASTER)
    return Slot(session, first, min(max(end, first + 1), len(rows)))


def bands_of(slots: list[Slot]) -> list[Slot]:
    """The breaks, without those that begin while another one runs: they are in their room as a session is."""
    bands: list[Slot] = []
    for slot in slots:
        if slot.session.kind == BREAK and not any(slot.meets(one) for one in bands):
            bands.append(slot)
    return bands


def rooms_of(meeting: Meeting, placed: Sequence[Session], idle: Collection[int | None]) -> list[Room]:
    """The rooms of this day's sessions, and every other room in use that is not only the place of breaks."""
    used = {one.room_id for one in placed}
    in_use = {room.id for room in rooms_in_use(meeting)} - set(idle)
    return [room for room in meeting.rooms if room.id in used | in_use]


def shown_of(rooms: list[Room], placed: Sequence[Session], wide: Collection[str]) -> list[Room]:
    """The rooms that are wide: those asked for; else all of a few, and of many the first that have a session."""
    asked = [room for room in rooms if room.code in wide]
    if asked or len(rooms) <= MOST_WIDE:
        return asked or rooms
    used = {one.room_id for one in placed}
    first = sorted(rooms, key=lambda room: room.id not in used)[:MOST_WIDE]
    return [room for room in rooms if room in first]


def with_those_that_find_no_room(bands: list[Slot], lanes: list[Lanes]) -> list[Lanes]:
    """Where sessions take every room from a break, it stands beside them: in its room, or in the first one."""
    for band in bands:
        if lanes and not any(pieces(band, lanes)):
            home = next((one for one in lanes if one.room.id == band.session.room_id), lanes[0])
            beside = lanes_of(home.room, [band, *(slot for slot, _lane, _columns in home.slots)])
            lanes = [beside if one is home else one for one in lanes]
    return lanes


def shut_rows(meeting: Meeting, rows: list[Row], lanes: list[Lanes]) -> set[tuple[int, int]]:
    """The rows in which a room is not open, each with the number of the room."""
    found: set[tuple[int, int]] = set()
    for lane in lanes:
        shut = shut_hours(meeting, lane.room) if lane.room.hours else []
        for starts, ends in (one for one in shut if rows[0].starts < one[1] and one[0] < rows[-1].starts + RASTER):
            places = (place for place, row in enumerate(rows) if starts < row.starts + RASTER and row.starts < ends)
            found.update((place, lane.room.id) for place in places)
    return found


def fill(rows: list[Row], lanes: list[Lanes], bands: list[Slot], shut: Collection[tuple[int, int]]) -> None:
    """Give every row the cells that begin in it."""
    cells: dict[tuple[int, int], Cell] = {}
    taken: set[tuple[int, int]] = set()

    def put(slot: Slot, at: int, cell: Cell) -> None:
        cells[slot.first, at] = cell
        taken.update((row, at + more) for row in range(slot.first, slot.end) for more in range(cell.columns))

    for first, one in firsts_of(lanes):
        for slot, lane, columns in one.slots:
            rivals = any(overlap(slot.session, other.session) for other, _lane, _columns in one.slots)
            cell = Cell(slot.end - slot.first, columns, one.room, slot.session, is_clash=rivals)
            put(slot, first + lane, cell)
    for band in bands:
        for number, (first, columns) in enumerate(pieces(band, lanes)):
            cell = Cell(band.end - band.first, columns, None, band.session, is_band=True, is_again=number > 0)
            put(band, first, cell)
    for place in range(len(rows)):
        for first, one in firsts_of(lanes):
            free = [at for at in range(first, first + one.count) if (place, at) not in taken]
            is_shut = (place, one.room.id) in shut
            cells.update({(place, at): Cell(1, columns, one.room, is_shut=is_shut) for at, columns in runs(free)})
    for place, at in sorted(cells):
        rows[place].cells.append(cells[place, at])


def runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Numbers that follow one another: the first, and how many."""
    for _key, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        places = [number for _place, number in run]
        yield places[0], len(places)
