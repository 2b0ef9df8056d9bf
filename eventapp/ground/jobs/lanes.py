"""Jobs run in processes of their own beside the postman: however long one takes, letters go out meanwhile.

The worker asks whether anything is due, as it always did, and starts a process only then. What that one holds in memory
is given back when it ends, and to kill it is to kill what it was at: the lease of that runs out, and it is done again.
"""

import logging
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkProcess

from eventapp.ground.clock import now
from eventapp.ground.db import db, sqlite
from eventapp.ground.db.away import is_away
from eventapp.ground.jobs.left_out import LeftOut
from eventapp.ground.jobs.scheduler import AnyJob, AnyLongJob, has_due, tried
from eventapp.ground.jobs.stopping import Stop

SECOND, MINUTE, NO_TIME = timedelta(seconds=1), timedelta(minutes=1), datetime.min.replace(tzinfo=UTC)
GRACE = 5.0  # seconds: `./run` kills what is there after 15
FORKED = get_context("fork")

log = logging.getLogger(__name__)


class Lane:
    """Jobs of which one is done at a time, in a process that lives while something is due."""

    def __init__(self, jobs: Sequence[AnyJob], long_jobs: Sequence[AnyLongJob], pause: timedelta) -> None:
        self.jobs, self.long_jobs, self.pause = jobs, long_jobs, pause
        self.all = [*jobs, *long_jobs]
        self.left_out = LeftOut(len(self.all))
        self.look_at = NO_TIME
        self.process: ForkProcess | None = None

    def look(self, at: datetime, stop: Stop) -> None:
        """Start a process where something is due and none is at it. To ask costs more than a letter: not before a
        pause has passed.
        """
        if self.is_at_it(at) or at < self.look_at <= at + self.pause:
            return
        self.look_at = at + self.pause
        if has_due([job for place, job in enumerate(self.all) if not self.left_out.has(place, at)], at):
            self._start(stop)

    def hear(self) -> None:
        """Look at the next chance: something may have been queued meanwhile. What the clock asks for is not queued."""
        if self.long_jobs:
            self.look_at = NO_TIME

    def work(self, stop: Stop) -> None:
        """Do, in this process, what the clock asks for once, and long jobs until none is due or told to stop."""
        worked = True
        if self.jobs:
            for place in range(len(self.jobs)):
                self._do(place, now())
            sqlite.cut_log(db.engine)  # what a job deleted is then in no file; if held, at the next look
        while worked and not stop.is_set():
            worked = sum(self._do(place, now()) for place in range(len(self.jobs), len(self.all))) > 0

    def _do(self, place: int, at: datetime) -> int:
        """Do what is due of this job, unless it is left out; where it fails, and not for the database, it is."""
        if self.left_out.has(place, at):
            return 0
        with self.left_out.doing(place):
            done, error = tried(self.all[place], at)
        if error and not is_away(error):
            self.left_out.add(place, at)
        return done

    def is_at_it(self, at: datetime) -> bool:
        """Whether its process lives. One that failed or was killed is logged, once, and what it was at is left out."""
        if self.process is None or self.process.is_alive():
            return self.process is not None
        if code := self.process.exitcode:
            place = self.left_out.add_the_last(at)
            names = ", ".join(job.name for job in (self.all if place is None else [self.all[place]]))
            log.error("A process ended with %s (%s); what it was at is tried again in two minutes.", code, names)
        self.process = None
        return False

    def _start(self, stop: Stop) -> None:
        """Fork: to start Python anew would take seconds. No connection may live on both sides; SQLite's least."""
        db.session.remove()
        db.engine.dispose()
        process = FORKED.Process(target=self.work, args=(stop,))
        try:
            process.start()
        except OSError:
            log.exception("No process could be started; it is tried again at the next look.")
        else:
            self.process = process


def lanes_of(jobs: Iterable[AnyJob], long_jobs: Iterable[AnyLongJob]) -> list[Lane]:
    """The lanes of these jobs: of the clock's, of those that write letters and notices, and of the heavy ones."""
    of_clock, long = list(jobs), list(long_jobs)
    light, heavy = [one for one in long if not one.is_heavy], [one for one in long if one.is_heavy]
    lanes = (Lane(of_clock, (), MINUTE), Lane((), light, SECOND), Lane((), heavy, SECOND))
    return [one for one in lanes if one.jobs or one.long_jobs]


def end(lanes: Iterable[Lane]) -> None:
    """Let each end what it is at, for a moment; then kill it, and another does that when the lease is over."""
    left = [one.process for one in lanes if one.is_at_it(now()) and one.process]
    for process in left:
        process.terminate()
    until = time.monotonic() + GRACE
    for process in left:
        process.join(max(0, until - time.monotonic()))
        process.kill()
        process.join()
