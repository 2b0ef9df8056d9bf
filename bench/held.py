"""How long the lock of who writes was held, at the longest."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event


class Longest:
    """The longest writing transaction that was seen, in milliseconds."""

    milliseconds: float = 0
    since: float | None = None

    def begin(self, connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            self.since = time.perf_counter()

    def end(self, *_connection: object) -> None:
        if self.since is not None:
            self.milliseconds = max(self.milliseconds, (time.perf_counter() - self.since) * 1000)
        self.since = None


@contextmanager
def longest_lock(engine: Engine) -> Iterator[Longest]:
    """Look while this runs, in one thread: SQLite has the lock when it has begun, and until its connection goes back.

    What it does then comes after: a long log is copied home when others write already (docs/decisions/0058).
    """
    seen = Longest()
    event.listen(engine, "begin", seen.begin)
    event.listen(engine, "checkin", seen.end, insert=True)
    try:
        yield seen
    finally:
        event.remove(engine, "begin", seen.begin)
        event.remove(engine, "checkin", seen.end)
