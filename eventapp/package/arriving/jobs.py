"""What the worker does for packages that were sent, and what time does to their files."""

from datetime import datetime

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job, LongJob
from eventapp.package.arriving.actions import Lease, forget_next, take
from eventapp.package.arriving.queries import due, late, old_part, old_rows
from eventapp.package.arriving.working import work


def is_due(at: datetime) -> bool:
    """Whether a package waits for a worker, or has left rows of a meeting that is not to be."""
    return db.session.scalar(due(at)) is not None


def has_old(at: datetime) -> bool:
    """Whether anything of a package is kept that nobody needs."""
    return any(db.session.scalar(query.limit(1)) is not None for query in (late(at), old_part(at), old_rows(at)))


JOBS = (Job("forget packages", has_old, forget_next),)
LONG_JOBS: tuple[LongJob[Lease], ...] = (
    LongJob("import packages", is_due, take, lambda lease: work(lease, now), is_heavy=True),
)
