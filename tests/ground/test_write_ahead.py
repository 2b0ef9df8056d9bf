"""A long log of SQLite is copied home while others may write; PostgreSQL has no such log of ours."""

import sqlite3
from pathlib import Path

import pytest
from flask import Flask

from eventapp.ground.db import db, sqlite, transaction, write_ahead
from eventapp.meetings.models import Meeting
from tests import make
from tests.conftest import ON_POSTGRESQL

A_PART = 1_000_000  # bytes


def written(meeting: Meeting, parts: int) -> None:
    """Write so much in one transaction."""
    with transaction():
        meeting.mandate = ["x" * A_PART] * parts


def file_of() -> Path:
    return Path(str(db.engine.url.database))


def test_a_long_log_is_copied_home_and_nobody_waits_for_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    if ON_POSTGRESQL:
        assert db.engine.dialect not in sqlite.WRITE_LOCK
        return
    seen = list[bool]()
    copy = write_ahead.copy_home

    def watched(connection: sqlite3.Connection | None) -> None:
        seen.append(sqlite.WRITE_LOCK[db.engine.dialect].locked())
        copy(connection)

    monkeypatch.setattr(write_ahead, "copy_home", watched)
    meeting, before = make.meeting(), file_of().stat().st_size
    written(meeting, 2)
    assert file_of().stat().st_size - before < A_PART  # a short log is left alone
    written(meeting, 18)
    assert file_of().stat().st_size - before > 17 * A_PART
    assert seen
    assert not any(seen)


def test_control_without_it_the_log_grows(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_ahead, "copy_home", lambda _connection: None)
    if ON_POSTGRESQL:
        return
    meeting, before = make.meeting(), file_of().stat().st_size
    written(meeting, 18)
    assert file_of().stat().st_size - before < A_PART


def test_a_log_that_begins_anew_is_short_again(app: Flask) -> None:
    if ON_POSTGRESQL:
        return
    meeting = make.meeting()
    written(meeting, 25)
    log = Path(f"{file_of()}-wal")
    assert log.stat().st_size > write_ahead.LONGEST
    for parts in (1, 2, 3):  # it begins anew when a transaction begins that finds all of it copied
        written(meeting, parts)
    assert log.stat().st_size <= write_ahead.LONGEST
