"""What the worker does to a file of people, in slices of some seconds, each made of short transactions.

Every transaction writes down which rows it has done (see eventapp/ground/jobs/slices.py).
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from sqlalchemy import delete, insert, select, update

from eventapp.ground.clock import now
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.pace import Pace
from eventapp.ground.jobs.sliced import end
from eventapp.ground.jobs.slices import SLICE, Lease, holding, in_slice, ours, paced
from eventapp.ground.refusal import Refused
from eventapp.history.actions import record
from eventapp.registration.imports.actions import figures, taken
from eventapp.registration.imports.adding import Newcomer, add_all, change
from eventapp.registration.imports.guests.inviting import GuestPlan, guest_plans, invite_rows, take_back_guest
from eventapp.registration.imports.models import (
    ADDED,
    CHANGED,
    CHECKED,
    CHECKING,
    DONE,
    FAULTY,
    IMPORTING,
    NEW,
    PEOPLE,
    UNDONE,
    UNREAD,
    UPDATED,
    Import,
    ImportRow,
)
from eventapp.registration.imports.planning import Plan, file_rows, plans
from eventapp.registration.imports.queries import counts, rows_that
from eventapp.registration.imports.taking_back import take_back
from eventapp.registration.imports.typed import reading_of
from eventapp.registration.places.actions import offer_next

LEAST, MOST = 10, 40  # how few rows a transaction has, and how many
AT_ONCE = 200  # rows read or checked, written down together


def work(lease: Lease[Import]) -> Callable[[], None] | None:
    """Do a slice. Return what gives the file back for the next one, or says that it failed."""
    step = {CHECKING: check_step, IMPORTING: import_step}.get(lease.state, undo_step)
    return in_slice(lease, paced(step, Pace(LEAST, MOST)), SLICE, now)


def check_step(lease: Lease[Import], _size: int) -> bool:
    """Read the file into rows, or check some of them. Returns whether there may be more."""
    one = ours(lease)
    if not one.many:
        read_file(lease, one)
        return True
    rows = rows_that(one, (UNREAD,), most=AT_ONCE)
    planned: Sequence[Plan | GuestPlan] = (
        plans(one, rows, reading_of(one, rows), at=now()) if one.kind == PEOPLE else guest_plans(one, rows)
    )
    found = [
        {"id": row.id, "outcome": plan.outcome, "faults": list(plan.faults)}
        for row, plan in zip(rows, planned, strict=True)
    ]
    db.session.rollback()
    holding(lease, lambda one: write_down(one, found))
    return bool(found)


def write_down(one: Import, found: list[Record]) -> None:
    if found:
        db.session.execute(update(ImportRow), found)
    else:
        end(one, CHECKED, at=now())


def read_file(lease: Lease[Import], one: Import) -> None:
    """Put every row of the file in the database, some at a time; begun again, those of before go first."""
    rows = file_rows(one)
    db.session.rollback()
    while holding(lease, forget_some, gets_on=False):
        pass
    for start in range(0, len(rows), AT_ONCE):
        holding(lease, partial(put, rows[start : start + AT_ONCE]), gets_on=False)
    holding(lease, partial(count, len(rows) or 1))


def put(rows: list[Record], _one: Import) -> None:
    db.session.execute(insert(ImportRow), rows)


def count(many: int, one: Import) -> None:
    one.many = many


def forget_some(one: Import) -> bool:
    """Delete some rows of an earlier reading. Returns whether there were any."""
    old = db.session.scalars(select(ImportRow.id).where(ImportRow.import_id == one.id).limit(AT_ONCE)).all()
    db.session.execute(delete(ImportRow).where(ImportRow.id.in_(old)))
    return bool(old)


def hold_meeting(one: Import) -> None:
    """Lock the meeting before its file, as an organizer does who starts it."""
    lock(one.meeting)


def import_step(lease: Lease[Import], size: int) -> bool:
    """Import some rows in one transaction; where one is refused, each in one of its own."""
    at = now()
    with suppress(Refused):
        return holding(lease, lambda one: import_some(one, size, at=at), first=hold_meeting)
    for _row in range(size):
        try:
            if not holding(lease, lambda one: import_some(one, 1, at=at), first=hold_meeting):
                return False
        except Refused as refusal:
            holding(lease, partial(leave_out, str(refusal)))
    return True


def import_some(one: Import, size: int, *, at: datetime) -> bool:
    """Import the next rows, all or none of them. Returns whether there may be more."""
    rows = rows_that(one, (NEW, CHANGED), most=size)
    if one.kind == PEOPLE:
        import_rows(one, rows, at=at)
    else:
        invite_rows(one, rows, at=at)
    if len(rows) < size:
        end(one, DONE, at=at)
        verb = "imported participants" if one.kind == PEOPLE else "imported invitations"
        record(verb, one.meeting, by=one.by, at=at, file=one.given_name, **figures(counts(one)))
    return len(rows) == size


def import_rows(one: Import, rows: Sequence[ImportRow], *, at: datetime) -> None:
    """Do what these rows say by what is on record now. Refused for the first that cannot be done any more."""
    read, newcomers = reading_of(one, rows), list[Newcomer]()
    for row, plan in zip(rows, plans(one, rows, read, at=at), strict=True):
        if plan.outcome == FAULTY:
            raise Refused(plan.faults[0][1])
        if plan.outcome == NEW:
            newcomers.append(Newcomer(row, plan.application, plan.there))
        elif plan.outcome == CHANGED and plan.there:
            change(one, row, plan.application, plan.there, at=at)
        else:
            row.outcome, row.cells = plan.outcome, []
    add_all(one, newcomers, read.categories, at=at)


def leave_out(sentence: str, one: Import) -> None:
    """Say of the next row why it was not imported."""
    for row in rows_that(one, (NEW, CHANGED), most=1):
        row.outcome, row.faults = FAULTY, [["", sentence, row.email]]


def undo_step(lease: Lease[Import], size: int) -> bool:
    """Take some rows back, the last first. Returns whether there may be more."""
    at = now()
    return holding(lease, lambda one: take_some_back(one, size, at=at), first=hold_meeting)


def take_some_back(one: Import, size: int, *, at: datetime) -> bool:
    rows = rows_that(one, (ADDED, UPDATED), most=size, newest=True)
    for row in rows:
        if one.kind == PEOPLE:
            take_back(one, row, by=one.by, at=at)
        else:
            take_back_guest(row, by=one.by, at=at)
    if len(rows) < size:
        end(one, UNDONE, at=at)
        record("took an import back", one.meeting, by=one.by, at=at, file=one.given_name, **taken(counts(one)))
        offer_next(one.meeting, at=at)
    return len(rows) == size
