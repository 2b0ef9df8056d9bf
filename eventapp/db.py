"""The database: one Base, one session, one way to commit."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, ClassVar

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Connection, DateTime, Dialect, MetaData, Table, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

from eventapp import sqlite
from eventapp.prepared import Rows, asked, split_indexes

NOTHING: Mapping[str, Any] = MappingProxyType({})
Record = dict[str, Any]  # a column of JSON: values that only a person or an output reads


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in, aware UTC datetimes out, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            message = "A time without a zone cannot be kept."
            raise ValueError(message)
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        Record: JSON,
        list[Any]: JSON,
        list[str]: JSON,
        list[int]: JSON,
    }


def table_of(model: type[Base]) -> Table:
    """The table itself: plain rows are read in half the time of mapped ones."""
    return Base.metadata.tables[model.__tablename__]


db = SQLAlchemy(metadata=Base.metadata)


class Database:
    """The extension: the session, and SQLite's safe opening."""

    def init_app(self, app: Flask) -> None:
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(app.config["SQLALCHEMY_DATABASE_URI"])
        db.init_app(app)
        with app.app_context():
            sqlite.prepare(db.engine)
            split_indexes(Base.metadata, db.engine.dialect)


def engine_options(address: str) -> dict[str, Any]:
    """How SQLAlchemy opens this database. What people wrote stays out of its errors, and so out of the log."""
    how: dict[str, Any] = {"hide_parameters": True, "pool_use_lifo": True}  # the one used last knows its pages yet
    if address.startswith("sqlite"):  # 32 connections: one for each of 24 threads, and eight that write beside it
        return {**how, "module": sqlite.driver(), "connect_args": {"check_same_thread": False}, "max_overflow": 27}
    waits = f"-c lock_timeout={sqlite.BUSY_SECONDS}s"  # as long as SQLite waits; then the answer is 503
    return {**how, "pool_pre_ping": True, "pool_size": 16, "max_overflow": 16, "connect_args": {"options": waits}}


Act = Callable[[list[Any]], None]


@dataclass(frozen=True)
class Open:
    """A writing transaction that is open now: where it is, whether the session is in it, what comes at its end."""

    connection: Connection
    has_session: bool = True
    acts: dict[str, tuple[Act, list[Any]]] = field(default_factory=dict)

    def finish(self) -> None:
        """Do what was left for the end."""
        for act, rows in self.acts.values():
            act(rows)


OPEN: ContextVar[Open | None] = ContextVar("open", default=None)
OUTSIDE, INSIDE = "Something was changed outside a transaction.", "A transaction is open already."


def need_none_open() -> None:
    """Go no further inside a transaction, which would end both, nor where something was changed outside."""
    if OPEN.get() is not None:
        raise RuntimeError(INSIDE)
    if db.session.registry.has() and (db.session.new or db.session.dirty or db.session.deleted):
        raise RuntimeError(OUTSIDE)


@contextmanager
def transaction() -> Iterator[None]:
    """All of it happens, or none of it does. Only the edges (views, manage, cli, delivery) open one.

    What was read before is read again inside, under the write lock: a decision never rests on an old reading.
    """
    need_none_open()
    session = db.session()
    session.rollback()
    opened = Open(session.connection(execution_options={"writes": True}))
    before = OPEN.set(opened)
    try:
        yield
        opened.finish()
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        OPEN.reset(before)


def last(name: str, act: Act, *rows: Base) -> None:
    """Do this once, at the end of the transaction, with every row brought to it: its locks come last."""
    opened = OPEN.get()
    if opened is None:
        raise RuntimeError(OUTSIDE)
    _act, brought = opened.acts.get(name, (act, []))
    opened.acts[name] = act, [*brought, *rows]


def lock(row: Base) -> None:
    """Hold this row until the transaction ends, and see its newest values."""
    db.session.flush()
    db.session.refresh(row, with_for_update={"of": type(row)})  # rows loaded along with it are not ours to hold


def plain(statement: Any, values: Mapping[str, Any] = NOTHING) -> Rows:
    """Run a statement over tables in the session's transaction, past the session. Returns rows of plain values.

    It is prepared once and known again by being the same object, so it is made once too.
    """
    opened = OPEN.get()
    return asked(opened.connection if opened else db.session.connection(), statement, values)
