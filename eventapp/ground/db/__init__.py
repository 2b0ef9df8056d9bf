"""The database: one Base, one session, one way to commit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, has_request_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, LargeBinary, Table, Text, cast, inspect, literal
from sqlalchemy.exc import DBAPIError

from eventapp.ground.db import postgresql, sqlite
from eventapp.ground.db.dialects import split_indexes
from eventapp.ground.db.types import Base


def table_of(model: type[Base]) -> Table:
    """The table itself: plain rows are read in half the time of mapped ones."""
    return Base.metadata.tables[model.__tablename__]


db = SQLAlchemy(metadata=Base.metadata)


class Database:
    """The extension: the session, and SQLite's safe opening."""

    def init_app(self, app: Flask) -> None:
        address, most = app.config["SQLALCHEMY_DATABASE_URI"], app.config["DATABASE_CONNECTIONS"]
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(address, most, is_pooled=app.config["BEHIND_POOLER"])
        db.init_app(app)
        app.teardown_appcontext(put_down)  # before Flask-SQLAlchemy's own: the last one that is added comes first
        with app.app_context():
            sqlite.prepare(db.engine)
            postgresql.prepare(db.engine)
            split_indexes(Base.metadata, db.engine.dialect)


def put_down(_fault: BaseException | None) -> None:
    """End what was read. A database that went meanwhile does not take the answer away, which is made."""
    if not db.session.registry.has():
        return
    try:
        db.session.rollback()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        db.session().invalidate()


def engine_options(address: str, most: int = 32, *, is_pooled: bool = False) -> dict[str, object]:
    """How SQLAlchemy opens this database, with at most so many connections of a process to PostgreSQL.

    Behind a pooler the next transaction may be of another connection, which knows no statement of ours: none is kept.
    What people wrote stays out of its errors, and so of the log. Of 500 statements, each 105 kB, 100 stay ready.
    """
    how: dict[str, object] = {"hide_parameters": True, "pool_use_lifo": True, "query_cache_size": 100}
    if address.startswith("sqlite"):  # 32 connections: one for each of 24 threads, and eight that write beside it
        own = {"module": sqlite.driver(), "connect_args": {"check_same_thread": False}}
        return {**how, **own, "max_overflow": 27, "pool_timeout": sqlite.BUSY_SECONDS}
    # It waits for a lock as long as SQLite does; then the answer is 503. Its plans are made anew for each meeting.
    says = f"-c lock_timeout={sqlite.BUSY_SECONDS}s -c plan_cache_mode=force_custom_plan"
    stay = min(16, most)  # open while nobody uses them
    pool = {"pool_pre_ping": True, "pool_size": stay, "max_overflow": most - stay, "pool_timeout": sqlite.BUSY_SECONDS}
    keeps = None if is_pooled else postgresql.OFTEN
    return {**how, **pool, "connect_args": {"options": says, "prepare_threshold": keeps}}


def json_of(written: str) -> Any:  # an expression in the place of any value
    """What is written already, for a column of JSON: to write or encode 47 MB takes too long under the lock."""
    if db.engine.dialect.name == "sqlite":
        return cast(literal(written.encode(), LargeBinary), Text)
    return cast(literal(written, Text), JSON)


Act = Callable[[list[Any]], None]  # rows of one kind, which only the act knows


@dataclass(frozen=True)
class Open:
    """A writing transaction that is open now, and what comes at its end."""

    acts: dict[str, tuple[Act, list[Any]]] = field(default_factory=dict)  # the same rows
    last: set[str] = field(default_factory=set)  # of these, what comes after all others

    def finish(self) -> None:
        """Do what was left for the end."""
        for comes_last in (False, True):
            for name, (act, rows) in self.acts.items():
                if (name in self.last) == comes_last:
                    act(rows)


OPEN: ContextVar[Open | None] = ContextVar("open", default=None)
OUTSIDE, INSIDE = "Something was changed outside a transaction.", "A transaction is open already."


@contextmanager
def transaction(bring: Callable[[], None] | None = None) -> Iterator[None]:
    """All of it happens, or none of it does. Only the edges (views, manage, cli, delivery) open one.

    What was read before is read again inside, under the write lock: a decision never rests on an old reading. `bring`
    puts rows in the session that were changed in memory (see apart.py), before the lock is taken.
    """
    session = db.session()
    if OPEN.get() is not None:
        raise RuntimeError(INSIDE)  # which would end both
    if session.new or session.dirty or session.deleted:
        raise RuntimeError(OUTSIDE)
    session.rollback()
    # An answer is drawn from what was written just now; what was worked out apart is not read again.
    session.expire_on_commit = not has_request_context() and bring is None
    if bring is not None:
        bring()
    session.connection(execution_options={"writes": True})
    opened = Open()
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


def before_commit(name: str, act: Act, *rows: Base, is_last: bool = False) -> None:
    """Do this once, at the end of the transaction, with every row brought to it; `is_last` what all others wait for."""
    opened = OPEN.get()
    if opened is None:
        raise RuntimeError(OUTSIDE)
    _act, brought = opened.acts.get(name, (act, list[Base]()))
    brought.extend(rows)
    opened.acts[name] = act, brought
    if is_last:
        opened.last.add(name)


def lock(row: Base) -> None:
    """Hold this row until the transaction ends, and see its newest values. Nobody else holds or changes it meanwhile.

    On PostgreSQL rows that refer to it may be added.
    """
    _hold(row, key_share=True)


def lock_whole(row: Base) -> None:
    """The same, and nobody adds a row that refers to it: for what is deleted with all that hangs on it, or emptied."""
    _hold(row, key_share=False)


def _hold(row: Base, *, key_share: bool) -> None:
    db.session.flush()
    held = {"of": type(row), "key_share": key_share}  # rows loaded along with it are not ours to hold
    db.session.get_one(type(row), inspect(row).identity, populate_existing=True, with_for_update=held)
