"""What the worker does for files that are to be meetings, and what time does to them."""

from datetime import datetime
from functools import partial

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job, LongJob
from eventapp.meetings.arriving.actions import Lease, forget_next, take
from eventapp.meetings.arriving.changing import change
from eventapp.meetings.arriving.coming import Alter, Kind
from eventapp.meetings.arriving.queries import due, late, old_part, old_rows
from eventapp.meetings.arriving.working import work


def arriving(name: str, kind: Kind) -> LongJob[Lease]:
    """The job that makes meetings of files of this kind."""
    return LongJob(
        name, partial(is_due, kind.name), partial(take, kind.name), lambda lease: work(kind, lease, now), is_heavy=True
    )


def changing(name: str, kind: str, alter: Alter) -> LongJob[Lease]:
    """The job that changes meetings as files of this kind say."""
    return LongJob(
        name, partial(is_due, kind), partial(take, kind), lambda lease: change(alter, lease, now), is_heavy=True
    )


def is_due(kind: str, at: datetime) -> bool:
    """Whether a file waits for a worker, or has left rows of a meeting that is not to be."""
    return db.session.scalar(due(kind, at)) is not None


def has_old(at: datetime) -> bool:
    """Whether anything of a file is kept that nobody needs."""
    return any(db.session.scalar(query.limit(1)) is not None for query in (late(at), old_part(at), old_rows(at)))


JOBS = (Job("forget files of meetings", has_old, forget_next),)
