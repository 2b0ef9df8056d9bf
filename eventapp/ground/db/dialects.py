"""What SQLite and PostgreSQL are told in words of their own."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from sqlalchemy import Dialect, MetaData


def insert_of(dialect: str) -> Callable[[Any], Any]:  # the Insert of a dialect that is not imported
    """The INSERT of this kind of database, which can say what happens on a conflict.

    The other kind is not loaded for it: that would take 3 MB in every worker.
    """
    insert: Callable[[Any], Any] = import_module(f"sqlalchemy.dialects.{dialect}").insert  # as above
    return insert


def only_asking(dialect: Dialect) -> dict[str, object]:
    """How to ask without a transaction: SQLite does where nothing is begun, PostgreSQL has a word for it."""
    return {"looks": True} if dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}


def split_indexes(metadata: MetaData, dialect: Dialect) -> None:
    """Let an index over some rows only, as its table says it for SQLite, be over the same rows here.

    Said beside the table for both kinds it would load the other kind everywhere.
    """
    for index in (index for table in metadata.tables.values() for index in table.indexes):
        where = index.dialect_options["sqlite"]["where"]
        if where is not None:
            index.dialect_options[dialect.name]["where"] = where
