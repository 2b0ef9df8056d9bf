"""Asking the worker for what takes long, and what the worker does with it: take it, say how far it is, end it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.leased import DONE, STOPPED, WAITING, attempted, teller
from eventapp.ground.jobs.waking import wake
from eventapp.ground.text.i18n import language
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.review.reports.models import Report
from eventapp.review.tasks.models import Task
from eventapp.review.tasks.queries import due, task_of


@dataclass(frozen=True)
class Lease:
    """A task that this worker has, until another may take it; with all that it needs to be done."""

    report_id: int
    number: int
    by_id: int | None
    wanted: str
    language: str
    at: datetime
    details: Record = field(default_factory=dict)


def ask(
    report: Report, act: str, *, by: Person | None, at: datetime, wanted: str = "", details: Record | None = None
) -> Task:
    """Ask the worker for it, and return the task. Where one is open already for this report, that one."""
    lock(report)
    task = task_of(report)
    if task and task.is_open:
        return task
    task = task or Task(report_id=report.id)
    task.act, task.wanted, task.at, task.by_id = act, wanted, at, by.id if by else None
    task.details = details or {}
    task.language, task.state, task.share, task.until = language(), WAITING, 0, None
    task.attempts, task.sentence, task.outcome = 0, "", []
    db.session.add(task)
    wake()
    return task


def stop(report: Report, *, by: Person | None, at: datetime) -> None:
    """Stop what is still to be done: a worker that is at it writes nothing. What is done already stays."""
    lock(report)
    task = task_of(report)
    if task and task.is_open:
        task.state = STOPPED
        record("stop work on report", report, by=by, at=at, meeting_id=report.meeting_id, act=task.act)


def take(act: str, at: datetime) -> Lease | None:
    """Take the task that waits longest. None where there is none; one that several workers died of has failed."""
    task = db.session.scalar(due(act, at).with_for_update(skip_locked=True))
    if task is None:
        return None
    if not task.begin(at):
        return None
    return Lease(task.report_id, task.attempts, task.by_id, task.wanted, task.language, at, task.details)


def finish(lease: Lease, outcome: Sequence[tuple[str, str]]) -> None:
    """Say that it is done and what came of it, in the transaction that writes it. Raise Lost where another has it."""
    task = _ours(lease)
    task.state, task.share, task.outcome = DONE, 100, [list(one) for one in outcome]


def work(lease: Lease, act: Callable[[Report, Person | None], object]) -> Callable[[], None] | None:
    """Do it, in no transaction. Return what is to be written where it was not done; the report is as it was then."""
    report = db.session.get_one(Report, lease.report_id)
    by = db.session.get_one(Person, lease.by_id) if lease.by_id else None
    return attempted(f"Report {lease.report_id}", lease.language, lambda: act(report, by), partial(_end, lease))


def progress_of(lease: Lease, clock: Callable[[], datetime]) -> Callable[[int, int], None]:
    """Return what says how far the task is."""
    return teller(lambda share: _ours(lease).go_on(share, clock()), clock)


def _end(lease: Lease, state: str, sentence: str) -> None:
    task = _ours(lease)
    task.state, task.sentence = state, sentence


def _ours(lease: Lease) -> Task:
    task = db.session.get_one(Task, lease.report_id, populate_existing=True, with_for_update={"of": Task})
    task.check(lease.number)
    return task
