"""Which jobs of a lane are left out for a while: those that failed, and those at which its process died.

A process begins at the head of its jobs. Without this one that dies each time, as of a file that takes all memory,
would keep those behind it waiting for ever.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from mmap import mmap

LONGEST = timedelta(minutes=2)  # as long as a lease
AT_NONE = -1.0


class LeftOut:
    """In memory that a process shares with the one that it was forked from: what it says there stays when it is killed.

    A job is known by its place. The first cell has the place of the one that is done now, the others when each may be
    done again.
    """

    def __init__(self, jobs: int) -> None:
        self.cells = memoryview(mmap(-1, 8 * (jobs + 1))).cast("d")
        self.cells[0] = AT_NONE

    def has(self, place: int, at: datetime) -> bool:
        """Whether this job is left out at this moment; a clock that was set back hardly prolongs it."""
        return at.timestamp() < self.cells[place + 1] <= (at + 2 * LONGEST).timestamp()

    def add(self, place: int, at: datetime) -> None:
        self.cells[place + 1] = (at + LONGEST).timestamp()

    @contextmanager
    def doing(self, place: int) -> Iterator[None]:
        """Say that this job is done now, until it is left."""
        self.cells[0] = place
        yield
        self.cells[0] = AT_NONE

    def add_the_last(self, at: datetime) -> int | None:
        """Leave out the job that was not ended, and return its place; None where there is none."""
        place, self.cells[0] = int(self.cells[0]), AT_NONE
        if place < 0:
            return None
        self.add(place, at)
        return place
