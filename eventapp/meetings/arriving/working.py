"""What the worker does to a file: read it, write its meeting in short transactions, prove it, show it.

The meeting is nowhere before all of it is there. What a worker that died has written is taken out, and begun again.
What history is to say waits meanwhile; once the meeting is whole it is written by and by, and there another goes on.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from time import perf_counter
from typing import TypeVar

from flask import current_app
from sqlalchemy import Executable, Select, Table, delete, exists, func, insert, or_, select

from eventapp.drafts.models import Draft
from eventapp.ground.db import db, lock, table_of
from eventapp.ground.db.apart import meanwhile
from eventapp.ground.db.types import Base, Record
from eventapp.ground.jobs.leased import DONE, LEASE, Lost, attempted, teller, watched
from eventapp.history.actions import from_record, put_off_lines, record, record_of, write_later
from eventapp.meetings.arriving.actions import Clock, Lease, end, ours
from eventapp.meetings.arriving.coming import Act, Coming, Kind, Objected, cut
from eventapp.meetings.arriving.models import LinesToCome, MeetingImport
from eventapp.meetings.arriving.queries import file_of, next_lines
from eventapp.meetings.models import Meeting
from eventapp.meetings.removal.dependents import numbers_at, remove_some
from eventapp.people.models import Person

SHORT = 0.05  # seconds after which a transaction takes up nothing more
A_PIECE = 10  # rows that are taken out together
LAST = 10  # percent that comparing takes

T = TypeVar("T")


@dataclass(frozen=True)
class Numbered:
    """A meeting by its number alone."""

    id: int


def work(kind: Kind, lease: Lease, clock: Clock) -> Callable[[], None] | None:
    """Make the meeting, or take out what is left of one. Return what is to be written where it was not made."""
    if not lease.number:
        with suppress(Lost):  # another worker was faster
            clear(kind, lease.import_id, lambda: None)
        return None
    failed = partial(_failed, lease, clock)
    return attempted(f"Import {lease.import_id}", lease.language, lambda: all_of_it(kind, lease, clock), failed)


def all_of_it(kind: Kind, lease: Lease, clock: Clock) -> None:
    """From the file to a meeting that its organizers see. Refused as the file is; why is kept with the import."""
    row = look(lambda: apart(lease.import_id))

    def hold() -> None:
        ours(lease).until = clock() + LEASE

    if not row.is_whole:  # what is whole rests on its file, and on what that names, no more
        clear(kind, lease.import_id, hold)
        with keeping_faults(lease):
            coming = watched(lambda: look(lambda: kind.read(file_of(lease.import_id), row)), lambda: meanwhile(hold))
            make(lease, row, coming, clock)
    while meanwhile(partial(_write_lines, lease, hold)):
        pass
    meanwhile(partial(_finish, lease, clock()))


@contextmanager
def keeping_faults(lease: Lease) -> Iterator[None]:
    """Keep with the import what speaks against its file, each with its line."""
    try:
        yield
    except Objected as refusal:
        meanwhile(partial(_keep, lease, [{"line": line, "says": says} for line, says in refusal.found]))
        raise


def make(lease: Lease, row: MeetingImport, coming: Coming, clock: Clock) -> None:
    """Write all of the meeting, hidden, and prove it."""
    at = clock()
    meeting_id = meanwhile(partial(_begin, lease, coming, at))
    tell = teller(lambda share: ours(lease).go_on(share, clock()), clock)
    done = 0

    def hold() -> None:
        ours(lease).until = clock() + LEASE

    for acts in coming.pieces(row, meeting_id, at, look):
        for count in in_short(acts, hold, partial(_put_off, lease, meeting_id)):
            done += count
            tell(min(done, coming.many) * (100 - LAST), coming.many * 100)
    watched(lambda: look(lambda: coming.prove(db.session.get_one(Meeting, meeting_id))), lambda: meanwhile(hold))
    meanwhile(partial(_whole, lease, coming, clock()))


def apart(number: int) -> MeetingImport:
    """The row of this import as it is now, to be read without a session."""
    row = db.session.get_one(MeetingImport, number)
    db.session.expunge(row)
    return row


def look(ask: Callable[[], T]) -> T:
    """Ask in a session of its own, in no transaction that writes."""
    with current_app.app_context():
        return ask()


def in_short(acts: Iterable[Act], hold: Callable[[], None], last: Callable[[], None] = lambda: None) -> Iterator[int]:
    """Do these, some in each transaction, which holds what is to be held first, and does one thing last.

    Yields how many were done in each.
    """
    rest = deque(acts)
    while rest:
        yield meanwhile(partial(_some_of, rest, hold, last))


def _some_of(rest: deque[Act], hold: Callable[[], None], last: Callable[[], None]) -> int:
    hold()
    ends, count = perf_counter() + SHORT, 0
    while rest and (not count or perf_counter() < ends):
        rest.popleft()()
        db.session.flush()
        count += 1
    last()
    return count


def clear(kind: Kind, number: int, hold: Callable[[], None]) -> None:
    """Take out the meeting that this import had begun, with all that hangs on it, some rows in each transaction.

    Where history has lines of it already, one says that it was deleted.
    """
    meeting_id = look(partial(half_made, number))
    if meeting_id is None:
        return
    hold = partial(_still, number, meeting_id, hold)
    for table in reversed(Base.metadata.sorted_tables):
        if table.name != Meeting.__tablename__:
            take_out(table, look(partial(numbers_at, table, Numbered(meeting_id))), hold)
    typed = select(Draft.id).where(Draft.kind.in_(kind.drafts), Draft.scope_id == meeting_id)
    lines = select(LinesToCome.import_id, LinesToCome.number).where(LinesToCome.import_id == number)
    for model, keys in ((Draft, typed), (Person, only_for(number)), (LinesToCome, lines)):
        take_out(table_of(model), look(partial(keys_of, keys)), hold)
    meanwhile(partial(_forget, number, meeting_id, hold))


def keys_of(query: Executable) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.session.execute(query)]


def take_out(table: Table, keys: list[tuple[object, ...]], hold: Callable[[], None]) -> None:
    for _count in in_short([partial(remove_some, table, piece) for piece in cut(keys, A_PIECE)], hold):
        pass


def half_made(number: int) -> int | None:
    """The number of the meeting of this import, if that is there and is not whole."""
    query = select(Meeting.id).join(MeetingImport, MeetingImport.made_id == Meeting.id)
    return db.session.scalar(query.where(MeetingImport.id == number, Meeting.is_arriving))


def only_for(number: int) -> Select[int]:
    """Ask for the people who were met in this import for the first time, and whom nothing else names by now."""
    since = select(MeetingImport.made_at).where(MeetingImport.id == number).scalar_subquery()
    people = table_of(Person)
    naming = [
        exists().where(key.parent == people.c.id)
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column is people.c.id
    ]
    return select(Person.id).where(Person.known_since == since, ~or_(*naming))


def _begin(lease: Lease, coming: Coming, at: datetime) -> int:
    """Write the meeting itself, hidden; what history says of that is written once it is whole."""
    row = ours(lease)
    meeting = coming.begin(row, at)
    meeting.is_arriving, row.made_id, row.made_at = True, meeting.id, at
    db.session.flush()
    _put_off(lease, meeting.id)
    return meeting.id


def _put_off(lease: Lease, meeting_id: int) -> None:
    """Keep what this transaction would write in history, until the meeting is whole."""
    if lines := put_off_lines(meeting_id):
        last = select(func.coalesce(func.max(LinesToCome.number), 0)).where(LinesToCome.import_id == lease.import_id)
        row = {"import_id": lease.import_id, "lines": [record_of(one) for one in lines]}
        db.session.execute(insert(LinesToCome), [{**row, "number": db.session.scalars(last).one() + 1}])


def _whole(lease: Lease, coming: Coming, at: datetime) -> None:
    """All is there: what is said of that is the last line that waits."""
    row = ours(lease)
    meeting = db.session.get_one(Meeting, row.made_id)
    coming.say(meeting, by=row.by, at=at)
    _put_off(lease, meeting.id)
    row.is_whole = True


def _write_lines(lease: Lease, hold: Callable[[], None]) -> bool:
    """Write what one of its transactions put off. False where there is none any more."""
    hold()
    row = next_lines(lease.import_id)
    if row is None:
        return False
    write_later([from_record(one) for one in row.lines])
    db.session.delete(row)
    return True


def _finish(lease: Lease, at: datetime) -> None:
    row = ours(lease)
    db.session.get_one(Meeting, row.made_id).is_arriving = False
    end(row, DONE, at=at)
    row.share = 100


def _keep(lease: Lease, faults: list[Record]) -> None:
    ours(lease).faults = faults


def _failed(lease: Lease, clock: Clock, state: str, sentence: str) -> None:
    row = ours(lease)
    row.sentence = sentence
    end(row, state, at=clock())


def _still(number: int, meeting_id: int, hold: Callable[[], None]) -> None:
    """Raises Lost once another worker has taken it all out: by then another meeting may have its number."""
    hold()
    row = db.session.get_one(MeetingImport, number)
    lock(row)
    if row.made_id != meeting_id:
        raise Lost


def _forget(number: int, meeting_id: int, hold: Callable[[], None]) -> None:
    hold()
    row = db.session.get_one(MeetingImport, number)
    row.made_id = None
    if row.is_whole:  # nothing is written in history before
        meeting = db.session.get_one(Meeting, meeting_id)
        at = row.ended_at or row.at
        record("deleted meeting", meeting, by=None, at=at, meeting_id=meeting_id, title=meeting.title)
    db.session.flush()
    db.session.execute(delete(Meeting).where(Meeting.id == meeting_id))
