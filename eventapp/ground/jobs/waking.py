"""Waking the workers: PostgreSQL tells them that something was queued; on SQLite they look, as they do anyway."""

from sqlalchemy import text

from eventapp.ground.db import before_commit, db

CHANNEL = "eventapp_queue"
A_LETTER, A_JOB = "letter", "job"


def wake(queued: str = A_JOB) -> None:
    """Tell the workers, when this transaction ends, that it queued a letter or a job."""
    if db.engine.dialect.name == "postgresql":
        before_commit(f"wake for a {queued}", lambda _rows: _tell(queued))


def _tell(queued: str) -> None:
    db.session.execute(text("SELECT pg_notify(:channel, :queued)"), {"channel": CHANNEL, "queued": queued})
