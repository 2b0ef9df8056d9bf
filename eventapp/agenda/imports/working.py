"""What the worker does to a file of sessions, in slices of some seconds, each made of short transactions.

What a transaction has done stands in its rows (see eventapp/ground/jobs/slices.py). The names of all sessions are
looked up before it, while nothing is held.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from eventapp.agenda.imports import doing
from eventapp.agenda.imports.actions import imported, taken
from eventapp.agenda.imports.comparing import compare
from eventapp.agenda.imports.models import (
    ADDED,
    CANCELLED,
    CHANGED,
    COMPARING,
    DONE,
    FAULTY,
    GONE,
    LEFT,
    NEW,
    SAME,
    UNDOING,
    UNDONE,
    UPDATED,
    AgendaImport,
)
from eventapp.agenda.imports.planning import around, plans
from eventapp.agenda.imports.queries import Names, counts, rows_that
from eventapp.ground.clock import now
from eventapp.ground.db import db, lock
from eventapp.ground.jobs.pace import Pace
from eventapp.ground.jobs.sliced import end
from eventapp.ground.jobs.slices import SLICE, Lease, holding, in_slice
from eventapp.ground.refusal import Refused
from eventapp.history.actions import record

LEAST, MOST, LONGEST = 1, 10, 0.06  # how few rows a transaction has, how many, and the seconds that it is to take


def work(lease: Lease[AgendaImport]) -> Callable[[], None] | None:
    """Do a slice. Return what gives the file back for the next one, or says that it failed."""
    if lease.state == COMPARING:
        return in_slice(lease, compare, SLICE, now)
    pace, names = Pace(LEAST, MOST, LONGEST), Names(db.session.get_one(AgendaImport, lease.number).meeting_id)
    if lease.state == UNDOING:
        return in_slice(lease, partial(undo_step, pace=pace), SLICE, now)
    return in_slice(lease, partial(import_step, pace=pace, names=names), SLICE, now)


def hold_meeting(one: AgendaImport) -> None:
    """Lock the meeting before its file, as an organizer does who starts it."""
    lock(one.meeting)


def import_step(lease: Lease[AgendaImport], pace: Pace, names: Names) -> bool:
    """Import some rows in one transaction. Returns whether there may be more."""
    names.look()
    db.session.rollback()
    at = now()
    with pace.timed() as size:
        return holding(lease, lambda one: import_some(one, size, names, at=at), first=hold_meeting)


def undo_step(lease: Lease[AgendaImport], pace: Pace) -> bool:
    """Take some rows back in one transaction. Returns whether there may be more."""
    at = now()
    with pace.timed() as size:
        return holding(lease, lambda one: take_some_back(one, size, at=at), first=hold_meeting)


def import_some(one: AgendaImport, size: int, names: Names, *, at: datetime) -> bool:
    """Import the next rows by what is on record now; one that is refused is said to be wrong."""
    wanted = (NEW, CHANGED, GONE) if one.cancels else (NEW, CHANGED)
    rows = rows_that(one, wanted, most=size)
    found = around(one.meeting, one.kind, one.tongue, names)
    for row, plan in zip(rows, plans(found, rows), strict=True):
        session = found.sessions.get(row.session_id) if row.session_id else None
        try:
            with db.session.begin_nested():
                if plan.outcome == NEW:
                    doing.add(one, row, plan, found, at=at)
                elif plan.outcome == CHANGED and session:
                    doing.change(one, row, plan, session, at=at)
                elif plan.outcome == GONE and session and one.cancels:
                    doing.cancel(one, row, session, at=at)
                else:
                    row.outcome = SAME if plan.outcome in (SAME, GONE) else FAULTY
                    row.faults = list(plan.faults)
        except Refused as refusal:
            row.outcome, row.faults = FAULTY, [str(refusal)]
    if len(rows) < size:
        end(one, DONE, at=at)
        record("imported sessions", one.meeting, by=one.by, at=at, file=one.given_name, **imported(counts(one)))
    return len(rows) == size


def take_some_back(one: AgendaImport, size: int, *, at: datetime) -> bool:
    rows = rows_that(one, (ADDED, UPDATED, CANCELLED), most=size)
    for row in rows:
        try:
            with db.session.begin_nested():
                doing.take_back(one, row, at=at)
        except Refused as refusal:
            row.outcome, row.faults = LEFT, [str(refusal)]
    if len(rows) < size:
        end(one, UNDONE, at=at)
        tally = taken(counts(one))
        record("took an import of sessions back", one.meeting, by=one.by, at=at, file=one.given_name, **tally)
    return len(rows) == size
