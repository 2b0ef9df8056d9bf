"""A day as the rows of a plain table: times down, rooms across. A session spans rows; nothing is placed by style."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Generic, Protocol, TypeVar


class Timed(Protocol):
    """Something of a kind, with a time."""

    @property
    def kind(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


S = TypeVar("S", bound=Timed)


@dataclass
class Cell(Generic[S]):
    """One cell: sessions that overlap in one room share it; a band goes across all rooms; a free one is empty."""

    room: str | None
    sessions: list[S] = field(default_factory=list)
    rows: int = 1
    is_band: bool = False


@dataclass
class Row(Generic[S]):
    """One line of the table: from when, for how many minutes, and the cells that begin in it."""

    at: datetime
    minutes: int
    cells: list[Cell[S]]


@dataclass(frozen=True)
class Slot(Generic[S]):
    """A session with the lines it fills."""

    session: S
    room: str | None
    start: datetime
    end: datetime

    def meets(self, other: "Slot[S]") -> bool:
        return self is not other and self.start < other.end and other.start < self.end


@dataclass
class Timetable(Generic[S]):
    """The rooms, as codes in their order (None stands for elsewhere), and the rows."""

    rooms: list[str | None]
    rows: list[Row[S]]


def timetable(
    sessions: Sequence[S], room_of: Callable[[S], str | None], rooms: Iterable[str], *, raster: int = 0
) -> Timetable[S]:
    """The table of these sessions, of one day. `rooms` gives the order; a room without a session is left out.

    Without a raster there is a row from each start or end to the next; with one, each row has so many minutes.
    """
    slots = [slot_of(session, room_of(session), raster) for session in sessions]
    bands = [slot for slot in slots if slot.session.kind == "break" and not any(map(slot.meets, slots))]
    placed = [slot for slot in slots if slot not in bands]
    used = {slot.room for slot in placed}
    by_room = {room: sorted((one for one in placed if one.room == room), key=lambda one: one.start) for room in used}
    columns: list[str | None] = [room for room in rooms if room in used] + ([None] if None in used else [])
    marks = marks_of(slots, raster)
    busy: dict[str | None, datetime] = {}
    rows: list[Row[S]] = []
    for start, end in pairwise(marks):
        band = next((slot for slot in bands if slot.start == start), None)
        if band:
            cells = [Cell[S](None, [band.session], span(band.start, band.end, marks), is_band=True)]
            busy = dict.fromkeys(columns, band.end)
        else:
            cells = [cell_at(start, room, by_room[room], marks) for room in columns if busy.get(room, start) <= start]
            busy |= {cell.room: marks[marks.index(start) + cell.rows] for cell in cells}
        rows.append(Row(start, int((end - start).total_seconds() // 60), cells))
    return Timetable(columns, rows)


def slot_of(session: S, room: str | None, raster: int) -> Slot[S]:
    """The session on the lines it touches: its start rounded down to the raster, its end up."""
    if not raster:
        return Slot(session, room, session.starts_at, session.ends_at)
    seconds = raster * 60
    start = int(session.starts_at.timestamp()) // seconds * seconds
    end = -(-int(session.ends_at.timestamp()) // seconds) * seconds
    return Slot(session, room, datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))


def marks_of(slots: Sequence[Slot[S]], raster: int) -> list[datetime]:
    """Where a line begins, and where the last one ends."""
    marks = sorted({mark for slot in slots for mark in (slot.start, slot.end)})
    if not raster or not marks:
        return marks
    step = timedelta(minutes=raster)
    return [marks[0] + step * line for line in range((marks[-1] - marks[0]) // step + 1)]


def cell_at(start: datetime, room: str | None, slots: Sequence[Slot[S]], marks: list[datetime]) -> Cell[S]:
    """The cell of a room that begins here: the session that begins, and all that overlap it in turn; or none."""
    together: list[Slot[S]] = []
    end = start
    for slot in slots:
        if slot.start < start:
            continue
        if slot.start != start and slot.start >= end:
            break
        together.append(slot)
        end = max(end, slot.end)
    if not together:
        return Cell(room)
    return Cell(room, [slot.session for slot in together], span(start, end, marks))


def span(start: datetime, end: datetime, marks: list[datetime]) -> int:
    return sum(start <= mark < end for mark in marks)
