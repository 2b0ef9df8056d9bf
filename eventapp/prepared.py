"""Prepared statements: what a crowd asks, put into the words of the database once.

For each run of a statement of Core that it knows already, SQLAlchemy works ten times as long as the driver does. What
hundreds ask at the same moment goes by here instead: the same words, the same types in and out, the same errors.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Dialect, MetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

Process = Callable[[Any], Any] | None
Ask = Callable[[Any, Mapping[str, Any]], "Rows"]  # a statement and its values, on some connection
MOST = 512  # statements that one process keeps ready


class Rows(list[Any]):
    """The rows of an answer, each a tuple whose fields have the columns' names; asked as SQLAlchemy's results are."""

    def first(self) -> Any:
        """The first row, None where there is none."""
        return self[0] if self else None

    def one(self) -> Any:
        """The only row. Any other number of them is our fault."""
        (row,) = self
        return row

    def scalar(self) -> Any:
        """The first value of the first row, None where there is none."""
        return self[0][0] if self else None

    def scalars(self) -> list[Any]:
        """The first value of each row."""
        return [row[0] for row in self]


class Prepared:
    """One statement for one kind of database; its values are given by name at each run."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.words, self.dialect = str(compiled), dialect
        if "POSTCOMPILE" in self.words:
            message = "A list in a condition is in other words at each run: such a statement is not prepared."
            raise ValueError(message)
        binds = {name: (bind, way_in(bind.type, dialect)) for bind, name in compiled.bind_names.items()}
        fixed = {
            name: process(bind.effective_value) if process else bind.effective_value
            for name, (bind, process) in binds.items()
            if not bind.required
        }
        order = compiled.positiontup if compiled.positional else list(binds)
        self.names = None if compiled.positional else order  # in their order, or by their names
        self.plan = tuple(("" if name in fixed else name, binds[name][1], fixed.get(name)) for name in order)
        columns = statement.exported_columns.values()
        self.ways_out = tuple(
            (place, process) for place, one in enumerate(columns) if (process := way_out(one.type, dialect))
        )
        names = [str(one.key) for one in columns]
        row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # noqa: PYI024 -- made at run time
        self.row = row._make if names else None

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Rows:
        """Ask this on a connection that is in a transaction. Whoever listens to statements hears of it."""
        said: Any = [
            (process(values[name]) if process else values[name]) if name else fixed
            for name, process, fixed in self.plan
        ]
        if self.names:
            said = dict(zip(self.names, said, strict=True))
        cursor = connection.connection.cursor()
        for heard in connection.dispatch.before_cursor_execute:
            heard(connection, cursor, self.words, said, None, False)  # noqa: FBT003 -- as SQLAlchemy calls them
        try:
            cursor.execute(self.words, said)
            found = cursor.fetchall() if self.row else ()
        except self.dialect.loaded_dbapi.Error as fault:
            raise DBAPIError.instance(self.words, None, fault, self.dialect.loaded_dbapi.Error) from fault
        finally:
            cursor.close()
        return Rows(map(self.made, found))

    def made(self, values: Any) -> Any:
        if self.ways_out:
            values = list(values)
            for place, process in self.ways_out:
                values[place] = process(values[place])
        return self.row(values) if self.row else values


@lru_cache(MOST)
def prepared(statement: Any, dialect: Dialect) -> Prepared:
    """This statement made ready, once for each kind of database; it is known by being the same object."""
    return Prepared(statement, dialect)


def asked(connection: Connection, statement: Any, values: Mapping[str, Any]) -> Rows:
    """Run a statement on this connection. It is prepared once, and so made once too."""
    return prepared(statement, connection.dialect).run(connection, values)


def insert_of(dialect: str) -> Callable[[Any], Any]:
    """The INSERT of this kind of database, which can say what happens on a conflict.

    The other kind is not loaded for it: that would take 3 MB in every worker.
    """
    insert: Callable[[Any], Any] = import_module(f"sqlalchemy.dialects.{dialect}").insert
    return insert


def split_indexes(metadata: MetaData, dialect: Dialect) -> None:
    """Let an index over some rows only, as its table says it for SQLite, be over the same rows here.

    Said beside the table for both kinds it would load the other kind everywhere.
    """
    for index in (index for table in metadata.tables.values() for index in table.indexes):
        where = index.dialect_options["sqlite"]["where"]
        if where is not None:
            index.dialect_options[dialect.name]["where"] = where


def way_in(kind: TypeEngine[Any], dialect: Dialect) -> Process:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def way_out(kind: TypeEngine[Any], dialect: Dialect) -> Process:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
