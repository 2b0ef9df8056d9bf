"""Waking the workers: PostgreSQL tells them that something was queued; on SQLite they look, as they do anyway."""

from sqlalchemy import text

from eventapp.ground.db import before_commit, db

CHANNEL = "eventapp_queue"


def wake() -> None:
    """Tell the workers, when this transaction ends, that it queued something."""
    if db.engine.dialect.name == "postgresql":
        before_commit("wake", lambda _rows: _tell())


def _tell() -> None:
    db.session.execute(text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})
