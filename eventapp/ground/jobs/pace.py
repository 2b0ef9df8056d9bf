"""How many rows one short transaction of a long job takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter


@dataclass
class Pace:
    """Fewer rows after a transaction that took long, as where others wrote too; more after a short one."""

    least: int
    most: int
    longest: float = 0.1  # seconds that one is to take, with the pause after it
    size: int = 0

    @contextmanager
    def timed(self) -> Iterator[int]:
        """The rows that the transaction inside is to take; it is timed for the next."""
        self.size, began = max(self.size, self.least), perf_counter()
        yield self.size
        took, grown = perf_counter() - began, self.size + self.size // 2 + 1
        self.size = max(self.least, self.size // 2) if took > self.longest else min(self.most, grown)
