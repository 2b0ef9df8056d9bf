"""What the worker checks and publishes while who asked for it looks on."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from eventapp.clearance.checking.actions import check, forget_old_checks
from eventapp.clearance.checking.queries import old_checks
from eventapp.clearance.preview.drawing import PREVIEW, draw
from eventapp.clearance.publication.actions import publish_as
from eventapp.clearance.publication.outcome import outcome_of
from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job, LongJob
from eventapp.meetings.prepared.jobs import making
from eventapp.people.models import Person
from eventapp.review.reports.models import Report
from eventapp.review.tasks.actions import Lease, finish, progress_of, take, work
from eventapp.review.tasks.models import CHECK, PUBLISH
from eventapp.review.tasks.queries import due


def publish_next(lease: Lease) -> Callable[[], None] | None:
    """Publish the report of this lease. Returns what is to be written where it was not done."""

    def act(report: Report, by: Person | None) -> None:
        def after(version: int, held_back: list[str]) -> None:
            finish(lease, outcome_of(version, held_back, report.meeting))

        publish_as(report, lease.wanted, by=by, at=lease.at, after=after)

    return work(lease, act)


def has_publications(at: datetime) -> bool:
    """Whether a report is to be published."""
    return db.session.scalar(due(PUBLISH, at)) is not None


def check_next(lease: Lease) -> Callable[[], None] | None:
    """Check the report of this lease. Returns what is to be written where it was not done."""

    def act(report: Report, _by: Person | None) -> None:
        check(report, at=lease.at, watch=progress_of(lease, now), after=lambda: finish(lease, ()))

    return work(lease, act)


def has_checks(at: datetime) -> bool:
    """Whether a report is to be checked."""
    return db.session.scalar(due(CHECK, at)) is not None


LONG_JOBS = (
    LongJob("check reports", has_checks, lambda at: take(CHECK, at), check_next, is_heavy=True),
    LongJob("publish reports", has_publications, lambda at: take(PUBLISH, at), publish_next, is_heavy=True),
    making("draw previews", PREVIEW, partial(draw, clock=now)),
)


def has_old_checks(at: datetime) -> bool:
    """Whether what was found in a report counts no more."""
    return db.session.scalar(old_checks(at).limit(1)) is not None


JOBS = (Job("forget old checks of reports", has_old_checks, forget_old_checks),)
