"""New rows past the unit of work: for what a crowd makes at once; docs/decisions/0012."""

from functools import cache
from typing import Any, TypeVar

from sqlalchemy import bindparam, insert, inspect
from sqlalchemy.orm import make_transient_to_detached

from eventapp.db import Base, db, plain

Row = TypeVar("Row", bound=Base)


def made(model: type[Row], **values: Any) -> Row:
    """A new row of these values."""
    row = model()
    put(row, **values)
    return row


def put(row: Base, **values: Any) -> None:
    """Give a row these values. Those of a new one are not followed one by one: it is inserted with what it holds."""
    if inspect(row).transient:
        vars(row).update(values)
        return
    for name, value in values.items():
        setattr(row, name, value)


def insert_now(row: Base) -> None:
    """Insert a new row by one plain statement; the session then knows it as a row that it has read.

    For what a crowd makes at once. It looks at columns only: the rows that this one belongs to are given by number.
    """
    db.session.flush()
    (statement, blank), given = insertion(type(row)), vars(row)
    values = {name: given.get(name, value) for name, value in blank.items()}
    given.update(values, id=plain(statement, values).scalar())
    make_transient_to_detached(row)
    db.session.add(row)


@cache
def insertion(model: type[Base]) -> tuple[Any, dict[str, Any]]:
    """The statement that inserts such a row, and what its columns hold where nothing is said."""
    table = inspect(model).local_table
    own = [column for column in table.columns if not column.primary_key]
    blank = {column.key: column.default.arg if column.default else None for column in own}
    said = insert(model).values({column.key: bindparam(column.key, type_=column.type) for column in own})
    return said.returning(*table.primary_key), blank
