"""What the worker publishes while who asked for it looks on."""

from collections.abc import Callable
from datetime import datetime

from eventapp.clearance.publication.actions import publish_as
from eventapp.clearance.publication.outcome import outcome_of
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import LongJob
from eventapp.people.models import Person
from eventapp.review.reports.models import Report
from eventapp.review.tasks.actions import Lease, finish, take, work
from eventapp.review.tasks.models import PUBLISH
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


LONG_JOBS = (LongJob("publish reports", has_publications, lambda at: take(PUBLISH, at), publish_next),)
