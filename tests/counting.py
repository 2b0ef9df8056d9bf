"""How many statements the database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from eventapp.ground.db import db


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement sent while this is open, in order."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
