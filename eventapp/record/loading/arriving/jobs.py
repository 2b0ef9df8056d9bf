"""What the worker does for files of notes while who chose them looks on, and what time does to them."""

from datetime import datetime

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job, LongJob
from eventapp.record.loading.arriving.actions import Lease, forget_next, take
from eventapp.record.loading.arriving.queries import is_due, old_lines, old_part, old_row
from eventapp.record.loading.arriving.working import work


def has_old(at: datetime) -> bool:
    """Whether anything of a file is kept that nobody needs."""
    return any(db.session.scalar(query) is not None for query in (old_part(at), old_lines(at, most=1), old_row(at)))


JOBS = (Job("forget files of notes", has_old, forget_next),)
LONG_JOBS: tuple[LongJob[Lease], ...] = (
    LongJob("let notes in", is_due, take, lambda lease: work(lease, now), is_heavy=True),
)
