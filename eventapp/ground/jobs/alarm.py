"""How a worker waits: until PostgreSQL tells it that something was queued, or as long as between two looks.

Nothing rests on being told: it looks as often as without. PgBouncer in transaction mode tells nothing.
"""

import time
from contextlib import suppress

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from eventapp.ground.db import db
from eventapp.ground.jobs.stopping import Stop
from eventapp.ground.jobs.waking import A_LETTER, CHANNEL

BREATH = 1.0  # seconds: so soon a worker that waits sees that it is to stop


class Alarm:
    """A connection of its own on which a worker hears that something was queued; it is none of the pool's."""

    def __init__(self) -> None:
        self.line: psycopg.Connection[tuple[object, ...]] | None = None

    def wait(self, stop: Stop, seconds: float) -> bool:
        """Wait until something is queued, for so long at most, or until told to stop.

        Returns whether jobs may be due, and False where only letters were queued.
        """
        until = time.monotonic() + seconds
        while not stop.is_set() and (left := until - time.monotonic()) > 0:
            if self.line is None and self._open():
                return True  # what was queued before is looked for now
            if queued := self._rings(min(left, BREATH), stop):
                return queued != {A_LETTER}
        return True

    def _rings(self, seconds: float, stop: Stop) -> set[str]:
        """What was queued, as `wake` was told it; a machine of the release before says nothing of it."""
        if self.line is None:
            stop.wait(seconds)
            return set()
        try:
            return {one.payload for one in self.line.notifies(timeout=seconds, stop_after=1)}
        except psycopg.Error:
            self.close()  # the database restarts: another is opened when it is there again
            stop.wait(seconds)
            return set()

    def _open(self) -> bool:
        if db.engine.dialect.name != "postgresql":
            return False
        with suppress(SQLAlchemyError, psycopg.Error):
            lent = db.engine.raw_connection()
            line = lent.driver_connection
            lent.detach()
            if isinstance(line, psycopg.Connection):
                line.rollback()
                line.autocommit = True
                line.execute(f"LISTEN {CHANNEL}")
                self.line = line
        return self.line is not None

    def close(self) -> None:
        """Hang up."""
        if self.line is not None:
            with suppress(psycopg.Error):
                self.line.close()
        self.line = None
