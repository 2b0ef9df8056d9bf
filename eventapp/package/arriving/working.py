"""What the worker does to a package: prove it, write its meeting in short transactions, compare it, show it.

The meeting is nowhere before all of it is there. What a worker that died has written is taken out, and begun again.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from time import perf_counter
from typing import TypeVar

from flask import current_app
from sqlalchemy import Table, delete, select

from eventapp.drafts.models import Draft
from eventapp.ground.db import db, lock, table_of
from eventapp.ground.db.apart import meanwhile
from eventapp.ground.db.types import Base
from eventapp.ground.jobs.leased import DONE, LEASE, Lost, attempted, teller
from eventapp.history.actions import put_off_lines, write_later
from eventapp.history.models import Entry
from eventapp.inputs.models import Input
from eventapp.meetings.models import Meeting
from eventapp.meetings.removal.dependents import numbers_at, remove_some
from eventapp.package.actions import (
    acts_in,
    meeting_from,
    pieces,
    refuse_known,
    refuse_nonsense,
    refuse_other,
    say_imported,
)
from eventapp.package.arriving.actions import Clock, Lease, end, ours
from eventapp.package.arriving.models import PackageImport
from eventapp.package.arriving.queries import file_of
from eventapp.package.manifest.content import Package
from eventapp.package.restore.arrival import Act, Arrival, cut
from eventapp.package.restore.inputs import NO_ADDRESS
from eventapp.package.restore.reading import unpack
from eventapp.people.models import Person
from eventapp.practices.models import Card

SHORT = 0.05  # seconds after which a transaction takes up nothing more
A_PIECE = 10  # rows that are taken out together
LAST = 10  # percent that comparing takes

T = TypeVar("T")


@dataclass(frozen=True)
class Numbered:
    """A meeting by its number alone."""

    id: int


def work(lease: Lease, clock: Clock) -> Callable[[], None] | None:
    """Make the meeting, or take out what is left of one. Return what is to be written where it was not made."""
    if not lease.number:
        with suppress(Lost):  # another worker was faster
            clear(lease.import_id, lambda: None)
        return None
    failed = partial(_failed, lease, clock)
    return attempted(f"Package {lease.import_id}", lease.language, lambda: all_of_it(lease, clock), failed)


def all_of_it(lease: Lease, clock: Clock) -> None:
    """From the file to a meeting that its administrators see. Refused as `bring_in` is."""

    def hold() -> None:
        ours(lease).until = clock() + LEASE

    clear(lease.import_id, hold)
    package = unpack(BytesIO(look(lambda: file_of(lease.import_id))))
    refuse_nonsense(package)
    look(lambda: refuse_known(package))
    lines, meeting_id = meanwhile(partial(_begin, lease, package, clock()))
    tell = teller(lambda share: ours(lease).go_on(share, clock()), clock)
    arrival, many, done = Arrival(package, meeting_id, clock(), look), acts_in(package), 0
    for acts in pieces(arrival):
        for count in in_short(acts, hold):
            done += count
            tell(min(done, many) * (100 - LAST), many * 100)
    look(lambda: refuse_other(package, db.session.get_one(Meeting, meeting_id)))
    meanwhile(partial(_finish, lease, package, lines, clock()))


def look(ask: Callable[[], T]) -> T:
    """Ask in a session of its own, in no transaction that writes."""
    with current_app.app_context():
        return ask()


def in_short(acts: Iterable[Act], hold: Callable[[], None]) -> Iterator[int]:
    """Do these, some in each transaction, which holds what is to be held first. Yields how many were done in each."""
    rest = deque(acts)
    while rest:
        yield meanwhile(partial(_some_of, rest, hold))


def _some_of(rest: deque[Act], hold: Callable[[], None]) -> int:
    hold()
    ends, count = perf_counter() + SHORT, 0
    while rest and (not count or perf_counter() < ends):
        rest.popleft()()
        db.session.flush()
        count += 1
    return count


def clear(number: int, hold: Callable[[], None]) -> None:
    """Take out the meeting that this import had begun, with all that hangs on it, some rows in each transaction."""
    meeting_id = look(partial(half_made, number))
    if meeting_id is None:
        return
    hold = partial(_still, number, meeting_id, hold)
    for table in reversed(Base.metadata.sorted_tables):
        if table.name != Meeting.__tablename__:
            take_out(table, look(partial(numbers_at, table, Numbered(meeting_id))), hold)
    typed = Draft.kind.in_((Input.draft_kind, Card.draft_kind)) & (Draft.scope_id == meeting_id)
    people = select(Person.id).where(Person.email.endswith(f".meeting-{meeting_id}@{NO_ADDRESS}", autoescape=True))
    drafts = look(lambda: list(db.session.scalars(select(Draft.id).where(typed))))
    take_out(table_of(Draft), [(one,) for one in drafts], hold)
    take_out(table_of(Person), [(one,) for one in look(lambda: list(db.session.scalars(people)))], hold)
    meanwhile(partial(_forget, number, meeting_id, hold))


def take_out(table: Table, keys: list[tuple[object, ...]], hold: Callable[[], None]) -> None:
    for _count in in_short([partial(remove_some, table, piece) for piece in cut(keys, A_PIECE)], hold):
        pass


def half_made(number: int) -> int | None:
    """The number of the meeting of this import, if that is there and is not whole."""
    query = select(Meeting.id).join(PackageImport, PackageImport.made_id == Meeting.id)
    return db.session.scalar(query.where(PackageImport.id == number, Meeting.is_arriving))


def _begin(lease: Lease, package: Package, at: datetime) -> tuple[list[Entry], int]:
    """Write the meeting itself, hidden; what history says of that is written once it is whole."""
    row = ours(lease)
    meeting = meeting_from(package.meeting, row.contact, by=row.by, at=at)
    meeting.is_arriving, row.made_id = True, meeting.id
    db.session.flush()
    return put_off_lines(meeting.id), meeting.id


def _finish(lease: Lease, package: Package, lines: list[Entry], at: datetime) -> None:
    row = ours(lease)
    meeting = db.session.get_one(Meeting, row.made_id)
    meeting.is_arriving = False
    write_later(lines)
    say_imported(package, meeting, by=row.by, at=at)
    end(row, DONE, at=at)
    row.share = 100


def _failed(lease: Lease, clock: Clock, state: str, sentence: str) -> None:
    row = ours(lease)
    row.sentence = sentence
    end(row, state, at=clock())


def _still(number: int, meeting_id: int, hold: Callable[[], None]) -> None:
    """Raises Lost once another worker has taken it all out: by then another meeting may have its number."""
    hold()
    row = db.session.get_one(PackageImport, number)
    lock(row)
    if row.made_id != meeting_id:
        raise Lost


def _forget(number: int, meeting_id: int, hold: Callable[[], None]) -> None:
    hold()
    row = db.session.get_one(PackageImport, number)
    row.made_id = None
    db.session.flush()
    db.session.execute(delete(Meeting).where(Meeting.id == meeting_id))
