"""Migrations that die half way leave nothing half done, and several at once are one after the other."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config import ROOT, TestConfig
from eventapp.commands import create_app
from eventapp.ground.db import db
from tests.faults.dying import KILLED
from tests.house.test_migrations import drift, tables
from tests.shared import run_sql

AT_ONCE, STEP = 4, 60


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


def migrate(database: str, folder: Path, *words: str) -> int:
    """Bring it up to date in a process of its own: 0, KILLED, or what it ended with where it could not."""
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
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, check=False).returncode


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
    ends = [KILLED]
    while ends[-1] == KILLED:
        ends.append(migrate(database, folder, str(len(ends) * STEP), *words))
    return ends[1:]


def test_a_killed_migration_is_done_by_the_next(empty: str, tmp_path: Path) -> None:
    ends = until_done(empty, tmp_path)

    assert ends.count(KILLED) >= 3 and ends[-1] == 0, ends
    assert is_whole(empty, tmp_path)


def test_without_transactions_the_next_cannot_go_on(empty: str, tmp_path: Path) -> None:
    """The control."""
    assert until_done(empty, tmp_path, "careless")[-1] not in (0, KILLED)


def test_several_at_once_are_one_after_the_other(empty: str, tmp_path: Path) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ends = list(pool.map(lambda _one: migrate(empty, tmp_path, "0"), range(AT_ONCE)))

    assert ends == [0] * AT_ONCE
    assert is_whole(empty, tmp_path)
