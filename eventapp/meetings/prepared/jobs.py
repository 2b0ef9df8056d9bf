"""What the worker does for files that somebody asked for: make them, and forget them after a day."""

from datetime import datetime

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job, LongJob
from eventapp.meetings.prepared.actions import Lease, Make, forget_next, take, work
from eventapp.meetings.prepared.queries import due, old_files


def making(name: str, act: str, make: Make, *, in_turn: bool = False) -> LongJob[Lease]:
    """The job that makes files of this kind, as `make` does; `in_turn` where two of one meeting may be of the same."""
    return LongJob(
        name,
        lambda at: db.session.scalar(due(act, at, in_turn=in_turn)) is not None,
        lambda at: take(act, at, in_turn=in_turn),
        lambda lease: work(lease, make, now),
        is_heavy=True,
    )


def has_old_files(at: datetime) -> bool:
    """Whether a file is kept no longer."""
    return db.session.scalar(old_files(at).limit(1)) is not None


JOBS = (Job("forget prepared files", has_old_files, forget_next),)
