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

from eventapp.ground.db import db, transaction

MOST = 500  # things of one job in one look: the letters behind them must go out as well

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One kind of thing that time does. `is_due` only reads; `do` does the next one and says how many it did."""

    name: str
    is_due: Callable[[datetime], bool]
    do: Callable[[datetime], int]


def work_through(jobs: Iterable[Job], *, at: datetime) -> Counter[str]:
    """Do everything due at this moment. Returns job -> how many. One that fails does not stop the next."""
    done: Counter[str] = Counter()
    for job in jobs:
        try:
            done[job.name] = work_on(job, at)
        except Exception:
            log.exception("%s could not be done; it is tried again at the next look.", job.name)
            db.session.rollback()
    return +done


def work_on(job: Job, at: datetime) -> int:
    done = 0
    while done < MOST and is_due(job, at):
        with transaction():
            count = job.do(at)
        if not count:
            break  # another worker has it
        done += count
    return done


def is_due(job: Job, at: datetime) -> bool:
    answer = job.is_due(at)
    db.session.rollback()
    return answer
