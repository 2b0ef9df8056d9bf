"""Migrations that die half way leave nothing half done, and several at once are one after the other."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from pathlib import Path

import flask_migrate
import pytest
from sqlalchemy import create_engine, text

from config import ROOT, TestConfig
from eventapp.commands import create_app
from eventapp.ground.db import db
from eventapp.ground.db import sqlite as house
from tests.conftest import ON_POSTGRESQL
from tests.faults.dying import COPIES, KILLED
from tests.house.test_migrations import drift, tables
from tests.shared import run_sql

AT_ONCE, STEP = 4, 60
MIGRATING = 20161004  # the lock of migrations/env.py


@pytest.fixture
def empty(server: str | None, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if not server:
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    name = f"e{os.urandom(6).hex()}"
    run_sql(server, f"CREATE DATABASE {name}")
    yield server.replace("/postgres?", f"/{name}?")
    run_sql(server, f"DROP DATABASE {name} WITH (FORCE)")


def migrate(database: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Bring it up to date in a process of its own. Returns what it ended with and what it printed."""
    (folder / COPIES).mkdir(exist_ok=True)
    settings = {
        **os.environ,
        "ENVIRONMENT": "production",
        "SECRET_KEY": "only-for-faults-0123456789-abcdefghijklm",
        "BASE_URL": "http://localhost",
        "ALLOW_NO_MAIL": "yes",
        "DATABASE_URL": database,
        "DATA_DIR": str(folder),
    }
    command = [sys.executable, "-m", "tests.faults.dying", *words]
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)


def is_whole(database: str, folder: Path) -> bool:
    """Whether the tables are those of the models."""
    app = create_app(TestConfig(database, folder))
    with app.app_context():
        whole = bool(tables()) and drift() == []
        db.session.remove()
        db.engine.dispose()
    return whole


def until_done(database: str, folder: Path, *words: str) -> list[int]:
    """Die ever later, and begin again each time. Returns what each try ended with."""
    done = migrate(database, folder, str(STEP), *words)
    assert done.returncode == 0, done.stderr
    return [int(end) for end in done.stdout.split()]


def tables_in_copies(folder: Path) -> list[int]:
    """How many tables whoever opens the files next would find, for each moment they were copied at."""
    found = []
    for file in (folder / COPIES).glob("*.db"):
        with closing(sqlite3.connect(file)) as connection:
            found += connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return found


def test_a_killed_migration_is_done_by_the_next(server: str | None, empty: str, tmp_path: Path) -> None:
    ends = until_done(empty, tmp_path)

    assert ends.count(KILLED) >= 3 and ends[-1] == 0, ends
    assert is_whole(empty, tmp_path)
    copies = tables_in_copies(tmp_path)
    assert server or (len(copies) > 50 and not any(copies)), copies


def test_without_transactions_the_next_cannot_go_on(server: str | None, empty: str, tmp_path: Path) -> None:
    """The control."""
    assert until_done(empty, tmp_path, "careless")[-1] not in (0, KILLED)
    assert server or any(tables_in_copies(tmp_path))


@contextmanager
def another_migrates(database: str) -> Iterator[None]:
    """Somebody else is at it meanwhile."""
    engine = create_engine(database, **({} if ON_POSTGRESQL else {"module": house.driver()}))
    with engine.connect() as connection:
        if not ON_POSTGRESQL:
            connection.execute(text("PRAGMA journal_mode = WAL"))
        connection.execute(text(f"SELECT pg_advisory_lock({MIGRATING})" if ON_POSTGRESQL else "BEGIN IMMEDIATE"))
        yield
    engine.dispose()


def test_who_comes_while_another_migrates_waits_longer_than_a_page(
    empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "BUSY_SECONDS", 0.2)
    app = create_app(TestConfig(empty, tmp_path))

    def upgrade() -> None:
        with app.app_context():
            flask_migrate.upgrade(directory=str(ROOT / "migrations"))
            db.session.remove()
            db.engine.dispose()

    with ThreadPoolExecutor(1) as pool:
        with another_migrates(empty):
            mine = pool.submit(upgrade)
            assert not wait([mine], timeout=2).done, mine.exception()
        mine.result()
    assert is_whole(empty, tmp_path)


def test_several_at_once_are_one_after_the_other(empty: str, tmp_path: Path) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ends = [done.returncode for done in pool.map(lambda _one: migrate(empty, tmp_path), range(AT_ONCE))]

    assert ends == [0] * AT_ONCE
    assert is_whole(empty, tmp_path)
