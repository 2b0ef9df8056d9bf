"""How many statements the database is asked, and how many rows of a table become objects."""

from collections import Counter
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


@contextmanager
def loaded(*models: type) -> Iterator[Counter[str]]:
    """How many objects of each of these models are made of rows while this is open, by the name of the model."""
    found: Counter[str] = Counter()

    def note(row: object, _context: Any) -> None:
        found[type(row).__name__] += 1

    for model in models:
        event.listen(model, "load", note)
    try:
        yield found
    finally:
        for model in models:
            event.remove(model, "load", note)
