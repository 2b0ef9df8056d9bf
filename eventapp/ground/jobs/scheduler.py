"""What falls due by the clock. The worker looks every minute; as many workers as there are may look at once.

A job first reads whether anything is due, so that an idle worker never takes SQLite's write lock; then it does one
thing in a transaction of its own, under the lock of the row that says whether it was done. What a dying worker began is
undone by the database and begun again at the next look: at least once, and never twice.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from eventapp.ground.db import db, transaction

MOST = 500  # things of one job in one look: the letters behind them must go out as well

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One kind of thing that time does. `is_due` only reads; `do` does the next one and says how many it did."""

    name: str
    is_due: Callable[[datetime], bool]
    do: Callable[[datetime], int]


@dataclass(frozen=True)
class ReadingJob:
    """The same of what takes long to read: `read` reads the next one before anything is held, and returns its `do`."""

    name: str
    is_due: Callable[[datetime], bool]
    read: Callable[[], Callable[[datetime], int]]


AnyJob = Job | ReadingJob


T = TypeVar("T")


@dataclass(frozen=True)
class LongJob(Generic[T]):
    """What takes longer than a lock may be held. `take` takes the next one; `work` does it in no transaction of ours.

    `work` returns what is to be written where it was not done. It is looked for as often as letters are. One that is
    heavy may take a minute: it runs beside those that are not (see lanes.py).
    """

    name: str
    is_due: Callable[[datetime], bool]
    take: Callable[[datetime], T | None]
    work: Callable[[T], Callable[[], None] | None]
    is_heavy: bool = False


AnyLongJob = LongJob[Any]  # each knows what it takes


def work_long(jobs: Iterable[AnyLongJob], *, at: datetime) -> Counter[str]:
    """Do the next one of each long job that is due at this moment. Returns job -> how many."""
    return +Counter({job.name: tried(job, at)[0] for job in jobs})


def tried(job: AnyJob | AnyLongJob, at: datetime) -> tuple[int, Exception | None]:
    """Do the next one of a long job, or all that is due of another: how many, and why it failed, which is logged."""
    try:
        return (work_on_long(job, at) if isinstance(job, LongJob) else work_on(job, at)), None
    except Exception as error:
        log.exception("%s could not be done; it is tried again at a later look.", job.name)
        db.session.rollback()
        return 0, error


def work_on_long(job: LongJob[T], at: datetime) -> int:
    if not is_due(job, at):
        return 0
    with transaction():
        taken = job.take(at)
    if taken is None:
        return 0
    rest = job.work(taken)
    db.session.rollback()
    if rest:
        with transaction():
            rest()
    return 1


def work_through(jobs: Iterable[AnyJob], *, at: datetime) -> Counter[str]:
    """Do everything due at this moment. Returns job -> how many. One that fails does not stop the next."""
    return +Counter({job.name: tried(job, at)[0] for job in jobs})


def work_on(job: AnyJob, at: datetime) -> int:
    done = 0
    while done < MOST and is_due(job, at):
        do = job.read() if isinstance(job, ReadingJob) else job.do
        with transaction():
            count = do(at)
        if not count:
            break  # another worker has it
        done += count
    return done


def has_due(jobs: Iterable[AnyJob | AnyLongJob], at: datetime) -> bool:
    """Whether any of these is due at this moment. One that cannot tell is left out."""
    try:
        return any(tells_of(job, at) for job in jobs)
    finally:
        db.session.rollback()  # not after each: a new connection is asked whether it lives, which costs as much


def tells_of(job: AnyJob | AnyLongJob, at: datetime) -> bool:
    try:
        return job.is_due(at)
    except Exception:
        log.exception("%s could not be looked for; it is tried again at the next look.", job.name)
        db.session.rollback()
        return False


def is_due(job: AnyJob | AnyLongJob, at: datetime) -> bool:
    answer = job.is_due(at)
    db.session.rollback()
    return answer
