"""New rows past the unit of work: for what a crowd makes at once; docs/decisions/0012."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import Any, TypeVar

from sqlalchemy import bindparam, insert, inspect
from sqlalchemy.orm import make_transient_to_detached

from eventapp.db import OPEN, Base, Open, db, need_none_open, plain, transaction
from eventapp.prepared import Ask, asked

Row = TypeVar("Row", bound=Base)
Told = TypeVar("Told")


class Unusual(Exception):  # noqa: N818 -- nothing is wrong
    """What is to be done needs the session after all."""


def in_a_crowd(act: Callable[[], Told]) -> Told:
    """Do this in a transaction of plain rows, which costs half as much; in an ordinary one where it needs the session.

    Then nothing of the first try is left. Only edges call this, as they open transactions.
    """
    need_none_open()
    if db.session.registry.has():
        db.session.rollback()  # gives its connection back: whoever holds one and waits for another may wait for ever
    try:
        with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
            opened = Open(connection, has_session=False)
            before = OPEN.set(opened)
            try:
                told = act()
                opened.finish()
            finally:
                OPEN.reset(before)
            return told
    except Unusual:
        with transaction():
            return act()


@contextmanager
def aside() -> Iterator[Ask]:
    """A way to ask the database beside the session, which costs half as much: only for reading plain values."""
    with db.engine.connect() as connection:
        yield partial(asked, connection)


def has_session() -> bool:
    """Whether the session is in the transaction that is open: it is not where a crowd acts."""
    opened = OPEN.get()
    return opened is None or opened.has_session


def need_session() -> None:
    """Go no further without the session."""
    if not has_session():
        raise Unusual


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
    Where a crowd acts there is no session, and the row only holds its values.
    """
    knows = has_session()
    if knows:
        db.session.flush()
    (statement, blank), given = insertion(type(row)), vars(row)
    values = {name: given.get(name, value) for name, value in blank.items()}
    given.update(values, id=plain(statement, values).scalar())
    if knows:
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
