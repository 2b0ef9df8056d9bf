"""What the worker does to a file of sessions, in slices of some seconds, each made of short transactions.

What a transaction has done stands in its rows, so what a dying worker began is gone on with. Two workers at one file
take turns: each transaction holds the file and the meeting.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from time import perf_counter

from flask_babel import force_locale

from eventapp.agenda.imports import doing
from eventapp.agenda.imports.comparing import compare
from eventapp.agenda.imports.models import (
    ADDED,
    CANCELLED,
    CHANGED,
    DONE,
    FAILED,
    FAULTY,
    GONE,
    IMPORTING,
    LEFT,
    NEW,
    SAME,
    TAKEN_BACK,
    UNDOING,
    UNDONE,
    UPDATED,
    AgendaImport,
)
from eventapp.agenda.imports.planning import around, plans
from eventapp.agenda.imports.queries import at_work, counts, rows_that
from eventapp.ground.clock import now
from eventapp.ground.db import db, lock
from eventapp.ground.db.apart import meanwhile
from eventapp.ground.jobs.pace import Pace
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record

SLICE = 2.0  # seconds: between two slices letters go out
LEAST, MOST = 5, 40  # how few rows a transaction has, and how many

log = logging.getLogger(__name__)


def is_due(_at: datetime) -> bool:
    """Whether a file waits for the worker."""
    return bool(at_work())


def take(_at: datetime) -> int | None:
    """The file that waits longest."""
    return next(iter(at_work()), None)


def work(number: int) -> Callable[[], None] | None:
    """Do a slice. Return what says that the file failed, where it did."""
    ends, pace = perf_counter() + SLICE, Pace(LEAST, MOST)
    try:
        while perf_counter() < ends:
            with pace.timed() as size:
                if not (compare(number) or meanwhile(partial(step, number, size))):
                    return None
    except Exception:
        log.exception("Import %s of sessions failed.", number)
        db.session.rollback()
        return lambda: fail(number)
    return None


def step(number: int, size: int) -> bool:
    """Do the next rows of this file. Returns whether there may be more."""
    one = db.session.get(AgendaImport, number, populate_existing=True)
    if one is None or one.state not in (IMPORTING, UNDOING):
        return False
    lock(one.meeting)
    lock(one)
    with force_locale(one.language):
        if one.state not in (IMPORTING, UNDOING):
            return False
        return import_some(one, size, at=now()) if one.state == IMPORTING else take_some_back(one, size, at=now())


def import_some(one: AgendaImport, size: int, *, at: datetime) -> bool:
    """Import the next rows by what is on record now; one that is refused is said to be wrong."""
    wanted = (NEW, CHANGED, GONE) if one.cancels else (NEW, CHANGED)
    rows = rows_that(one, wanted, most=size)
    found = around(one.meeting, one.kind, one.tongue)
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
        one.state, one.ended_at = DONE, at
        tally = counts(one)
        figures = {"added": tally[ADDED], "changed": tally[UPDATED], "cancelled": tally[CANCELLED]}
        record("imported sessions", one.meeting, by=one.by, at=at, file=one.given_name, **figures)
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
        one.state, one.ended_at = UNDONE, at
        tally = counts(one)
        figures = {"withdrawn": tally[TAKEN_BACK], "left": tally[LEFT]}
        record("took an import of sessions back", one.meeting, by=one.by, at=at, file=one.given_name, **figures)
    return len(rows) == size


def fail(number: int) -> None:
    one = db.session.get_one(AgendaImport, number)
    lock(one)
    with force_locale(one.language):
        one.state = FAILED
        one.sentence = _(
            "It could not be finished. What was done until then stays. Try again, or tell who runs the server."
        )
