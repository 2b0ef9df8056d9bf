"""Asking the worker for a file, and what the worker does with it: take it, make it, write it in parts, forget it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlalchemy import delete, func, select

from eventapp.ground.db import db, lock
from eventapp.ground.db.apart import meanwhile
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.leased import DONE, LEASE, STOPPED, WAITING, Lost, attempted, teller
from eventapp.ground.jobs.waking import wake
from eventapp.ground.security.sealing import seal
from eventapp.ground.text.i18n import language
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.models import PreparedFile, PreparedPart
from eventapp.meetings.prepared.queries import SEALED, due, newest_file, old_files, owner_of
from eventapp.people.models import Person

A_PART = 1024 * 1024  # bytes that one transaction writes, or deletes

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """A file that the worker has made."""

    content: bytes | Sequence[bytes]  # all of it, or its parts as they are read
    remark: str = ""  # what is to be said of it
    taken: Record = field(default_factory=dict)  # what is written down of who takes it along
    finish: Callable[[datetime], None] | None = None  # done in the transaction in which the file is finished
    opens_sealed: bool = False  # it says what the database holds sealed: so its parts are


@dataclass(frozen=True)
class Lease:
    """A file that this worker makes, until another may; with all that it needs."""

    file_id: int
    number: int
    meeting_id: int
    wanted: str
    language: str
    by_id: int | None = None
    details: Record = field(default_factory=dict)


Make = Callable[[Meeting, Lease, Tell], Made]


def order(
    meeting: Meeting, act: str, wanted: str, *, by: Person | None, at: datetime, details: Record | None = None
) -> PreparedFile:
    """Ask the worker for the file, and return its row. Where it is being made already, that one.

    What is too long for `wanted` stands in `details`, of which that is the mark (`mark_of`).
    """
    lock(meeting)
    before = newest_file(meeting, act, wanted)
    if before and before.is_open:
        return before
    row = PreparedFile(meeting_id=meeting.id, act=act, wanted=wanted, at=at, by_id=by and by.id, state=WAITING)
    row.language, row.details = language(), details or {}
    db.session.add(row)
    db.session.flush()
    wake()
    return row


def stop(row: PreparedFile, *, by: Person, at: datetime) -> None:
    """Stop what is still to be made: a worker that is at it writes no more. What is made already stays."""
    lock(row)
    if row.is_open:
        row.state, row.ended_at = STOPPED, at
        record("stopped a file", row.meeting, by=by, at=at, meeting_id=row.meeting_id, act=row.act)


def take(act: str, at: datetime, *, in_turn: bool = False) -> Lease | None:
    """Take the file that waits longest. None where there is none; one that several workers died of has failed.

    Files that are made `in_turn` may be of the same things: of one meeting one worker makes one at a time, and what the
    next is of is looked for once that is there.
    """
    query = due(act, at, in_turn=in_turn)
    if in_turn:
        meeting = db.session.scalar(query.with_only_columns(PreparedFile.meeting_id))
        db.session.scalar(select(Meeting.id).where(Meeting.id == meeting).with_for_update(key_share=True))
        query = query.where(PreparedFile.meeting_id == meeting)  # asked under its lock: another may have been faster
    row = db.session.scalar(query.with_for_update(skip_locked=True))
    if row is None:
        return None
    if not row.begin(at):
        row.ended_at = at
        return None
    return Lease(row.id, row.attempts, row.meeting_id, row.wanted, row.language, row.by_id, row.details)


def work(lease: Lease, make: Make, clock: Callable[[], datetime]) -> Callable[[], None] | None:
    """Make it, in no transaction, and write it in parts. Return what is to be written where it was not made."""

    def all_of_it() -> None:
        meeting = db.session.get_one(Meeting, lease.meeting_id)
        made = make(meeting, lease, lambda done, many: tell(done, many + 1))  # the last: to write it
        db.session.rollback()
        write(lease, made, clock)

    tell = teller(lambda share: _ours(lease).go_on(share, clock()), clock)
    end = partial(_end, lease, clock)
    return attempted(f"File {lease.file_id}", lease.language, all_of_it, end)


def write(lease: Lease, made: Made, clock: Callable[[], datetime]) -> None:
    """Write the file in parts, each in a short transaction; it is there for who asked once the last one is."""
    while meanwhile(lambda: forget_parts(lease.file_id)):
        pass  # those of a worker that died
    parts = _cut(made.content) if isinstance(made.content, bytes) else made.content
    for number, part in enumerate(parts):
        written = seal(owner_of(lease.file_id, number), part) if made.opens_sealed else part
        meanwhile(partial(_write_part, lease, number, written, clock()))
    meanwhile(lambda: _finish(lease, made, sum(map(len, parts)), clock()))


def forget_next(at: datetime) -> int:
    """Delete the next part of a file that is kept no longer, or the file once it has none. Returns 1, or 0."""
    number = db.session.scalar(old_files(at).limit(1))
    if number is None:
        return 0
    if not forget_parts(number):
        db.session.execute(delete(PreparedFile).where(PreparedFile.id == number))
    return 1


def forget_parts(number: int) -> int:
    """Delete the last part of this file. Returns how many there were: 1, or 0."""
    last = select(func.max(PreparedPart.number)).where(PreparedPart.file_id == number).scalar_subquery()
    gone = delete(PreparedPart).where(PreparedPart.file_id == number, PreparedPart.number == last)
    return len(db.session.scalars(gone.returning(PreparedPart.number)).all())


def _cut(content: bytes) -> list[bytes]:
    return [content[start : start + A_PART] for start in range(0, len(content), A_PART)]


def _write_part(lease: Lease, number: int, content: bytes, at: datetime) -> None:
    _ours(lease).until = at + LEASE
    db.session.add(PreparedPart(file_id=lease.file_id, number=number, content=content))


def _finish(lease: Lease, made: Made, size: int, at: datetime) -> None:
    if made.finish:
        made.finish(at)  # first: it may lock the meeting. Where the row is ours no more, none of it happens
    row = _ours(lease)
    row.sentence = made.remark
    if made.taken:
        row.details = {**row.details, "taken": made.taken}
    if made.opens_sealed:
        row.details = {**row.details, SEALED: True}
    row.state, row.share, row.size, row.ended_at = DONE, 100, size, at


def _end(lease: Lease, clock: Callable[[], datetime], state: str, sentence: str) -> None:
    row = _ours(lease)
    row.state, row.sentence, row.ended_at = state, sentence, clock()


def _ours(lease: Lease) -> PreparedFile:
    found = {"of": PreparedFile}
    row = db.session.get(PreparedFile, lease.file_id, populate_existing=True, with_for_update=found)
    if row is None:
        raise Lost
    row.check(lease.number)
    return row
