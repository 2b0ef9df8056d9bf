"""One database and one app for the tests of a worker: each of them finds both as if they had just been made.

What cannot be put back is made anew: an app whose engine listens to something else than it did, or has connections
that nobody gave back, and a database whose tables are no longer those of the template.
"""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

from flask import Flask
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine.events import ConnectionEvents
from sqlalchemy.pool import QueuePool
from sqlalchemy.pool.events import PoolEvents

from config import TestConfig
from eventapp import put_in_front
from eventapp.commands import create_app
from eventapp.ground.db import db
from eventapp.mail.sending.smtp import mailer
from eventapp.review.versions.nobody.queries import KNOWN
from tests.browserless import PageClient

TEMPLATE = "template_of_tests"
RUBBISH = 20_000, 20, 50  # objects made before a look for rings of rubbish; Python's own are 700, 10, 10
EMPTIED_OFTEN = 25  # then the rows that are gone are cleared away

# What a schema is made of: dropping, adding or changing any of these takes a new row, and rows of these are numbered.
SCHEMA = """SELECT (SELECT count(*) FROM pg_class), (SELECT max(oid) FROM pg_class WHERE relkind IN ('r', 'i', 'S')),
  (SELECT count(*) FROM pg_attribute), (SELECT max(oid) FROM pg_constraint), (SELECT max(oid) FROM pg_trigger)"""
RESTART = """PERFORM setval(seqrelid, seqstart, false) FROM pg_sequence
  WHERE pg_sequence_last_value(seqrelid) IS NOT NULL"""
END = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()"""


class Renewed(Protocol):
    """A database that is brought back to the empty, migrated one."""

    address: str

    def renew(self) -> None: ...

    def drop(self) -> None: ...


class File:
    """On SQLite: the file is replaced by a copy of the template. Who still has the old one open writes into nothing."""

    def __init__(self, template: str, file: Path) -> None:
        self.template, self.file = template.removeprefix("sqlite:///"), file
        self.address = f"sqlite:///{self.file}"

    def renew(self) -> None:
        for ending in ("-wal", "-shm", "-journal", ""):
            Path(f"{self.file}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.template, self.file)

    def drop(self) -> None:
        """The folder goes, and this with it."""


class Emptied:
    """On PostgreSQL: every table is emptied and every sequence starts again, a hundred times faster than a new copy.

    DELETE and not TRUNCATE, which makes a file for each table and index: 12 ms against 300. A changed schema is made anew.
    """

    def __init__(self, server: str) -> None:
        self.server, self.name = server, f"t{os.urandom(6).hex()}"
        self.address = server.replace("/postgres?", f"/{self.name}?")
        self.engine: Engine | None = None
        self.times = count(1)

    def renew(self) -> None:
        if not self.engine or not self.emptied(self.engine):
            self.make()

    def make(self) -> None:
        """A new copy of the template."""
        self.drop()
        run_sql(self.server, f"CREATE DATABASE {self.name} TEMPLATE {TEMPLATE} STRATEGY wal_log")
        self.engine = create_engine(self.address, isolation_level="AUTOCOMMIT")
        with self.engine.connect() as connection:
            tables = list(connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")))
            seeded = [name for name in tables if connection.scalar(text(f'SELECT EXISTS (SELECT FROM "{name}")'))]
            connection.execute(text("CREATE SCHEMA seeded"))
            for name in seeded:
                connection.execute(text(f'CREATE TABLE seeded."{name}" AS TABLE "{name}"'))
            self.schema = connection.execute(text(SCHEMA)).one()
        acts = [f'DELETE FROM "{name}"' for name in tables]
        acts += [f'INSERT INTO "{name}" TABLE seeded."{name}"' for name in seeded]
        self.empty = text(f"DO $$ BEGIN {'; '.join([*acts, RESTART])}; END $$")

    def drop(self) -> None:
        if self.engine:
            self.engine.dispose()
        run_sql(self.server, f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def emptied(self, engine: Engine) -> bool:
        """Take out what was put in, past keys and triggers. Says whether the schema is what it was."""
        with engine.connect() as connection:
            connection.execute(text(END))
            if connection.execute(text(SCHEMA)).one() != self.schema:
                return False
            connection.execute(text("SET session_replication_role = replica"))
            connection.execute(self.empty)
            if next(self.times) % EMPTIED_OFTEN == 0:
                connection.execute(text("VACUUM"))
        return True


def new_app(address: str, folder: Path | None = None) -> Flask:
    app = create_app(TestConfig(address, folder))
    app.test_client_class = PageClient
    return app


class SharedApp:
    """The app of a worker, with its compiled templates and statements, on the worker's database."""

    def __init__(self, database: Renewed) -> None:
        self.database = database
        self.app: Flask | None = None

    @contextmanager
    def lent(self, folder: Path) -> Iterator[Flask]:
        """The app as it was made, on an empty database, with its files in this folder and its context open."""
        if self.app is None or not self.is_as_made(self.app):
            self.app = self.made()
        self.database.renew()
        KNOWN.clear()  # rows of another installation have the same numbers
        app = self.app
        app.config.clear()
        app.config.update(self.config, DATA_DIR=folder)
        app.extensions.clear()
        app.extensions.update(self.extensions)
        mailer.init_app(app)
        put_in_front(app)
        with app.app_context():
            yield app
            if not is_put_down():
                self.app = None

    def made(self) -> Flask:
        self.database.renew()
        app = new_app(self.database.address)
        self.config, self.extensions = dict(app.config), dict(app.extensions)
        self.rules = rules(app)
        with app.app_context():
            self.listening = listening(db.engine)
        look_for_rubbish_less_often()
        return app

    def is_as_made(self, app: Flask) -> bool:
        """Whether nobody altered its engine or its routes."""
        with app.app_context():
            return self.listening == listening(db.engine) and self.rules == rules(app)


def look_for_rubbish_less_often() -> None:
    """What is in memory now, a million objects, stays to the end: nobody looks through it again for rings of rubbish."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RUBBISH)


def is_put_down() -> bool:
    """Give back what is given back at the end of a test. Says whether somebody still has a connection."""
    db.session.remove()
    pool = db.engine.pool
    assert isinstance(pool, QueuePool)
    all_came_back = pool.checkedout() == 0
    db.engine.dispose()
    return all_came_back


def rules(app: Flask) -> int:
    return len(list(app.url_map.iter_rules()))


def listening(engine: Engine) -> list[object]:
    """Who listens to this engine and to its connections, and how it opens them."""
    heard = [(engine.dispatch, ConnectionEvents), (engine.pool.dispatch, PoolEvents)]
    listeners = [tuple(getattr(dispatch, name)) for dispatch, events in heard for name in names_of(events)]
    return [*listeners, dict(engine.get_execution_options())]


def names_of(events: type) -> list[str]:
    return [name for name in dir(events) if not name.startswith("_") and name != "dispatch"]


def run_sql(server: str, sql: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(sql))
    engine.dispose()
