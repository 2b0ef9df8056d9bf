"""What is deleted is in no file of SQLite: not on a page, not in the write-ahead log."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, text

from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.jobs import lanes
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.jobs.stopping import Stop
from eventapp.mail.actions import enclose
from eventapp.mail.models import SENT, Letter
from eventapp.mail.sending import delivery
from eventapp.meetings.retention.jobs import JOBS
from tests import make
from tests.conftest import ON_POSTGRESQL
from tests.make_mail import letter

MARKER = "NEVER-TO-BE-READ-AGAIN"
LONG_AFTER = make.TODAY + timedelta(days=91)


class Once(Stop):
    """Stops the worker where it would wait for the next letter."""

    def wait(self, timeout: float | None = None) -> bool:
        self.set()
        return timeout is not None


def files_with_marker(app: Flask) -> list[str]:
    """The files of the database that hold the marker, by how their names end."""
    path = Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    found = [one for one in path.parent.glob(f"{path.name}*") if MARKER.encode() in one.read_bytes()]
    return sorted(one.name.removeprefix(path.name) for one in found)


def written(count: int = 30) -> None:
    """So many letters that were sent, short ones and some that fill pages of their own, one with a file."""
    for number in range(count):
        row = letter(f"ada{number}@example.org", text=MARKER * (1 + 400 * (number % 3)), html=f"<p>{MARKER}</p>")
        with transaction():
            enclose(row, "ticket.txt", MARKER.encode() * 900, "text/plain")
            row.state, row.sent_at = SENT, make.TODAY
    db.session.remove()


@pytest.fixture
def careless() -> Iterator[None]:
    """SQLite as it comes: what is deleted stays on its pages until something else is written there."""

    def open_carelessly(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA secure_delete = OFF")

    event.listen(db.engine, "connect", open_carelessly)
    db.engine.dispose()
    yield
    event.remove(db.engine, "connect", open_carelessly)
    db.session.remove()
    db.engine.dispose()


def test_emptied_letters_are_in_no_file_when_the_log_is_cut(app: Flask) -> None:
    if ON_POSTGRESQL:
        assert sqlite.cut_log(db.engine)
        return
    written()
    assert files_with_marker(app) != []
    assert sum(work_through(JOBS, at=LONG_AFTER).values()) == 30
    db.session.remove()
    has_log = sqlite.journal_for(sqlite.driver().sqlite_version_info) == "WAL"
    assert ("-wal" in files_with_marker(app)) == has_log, "the log holds the pages as they were before"

    assert sqlite.cut_log(db.engine)
    assert files_with_marker(app) == []
    assert db.session.query(Letter).count() == 30


def test_control_without_overwriting_they_stay_in_the_file(fresh_app: Flask, careless: None) -> None:
    if ON_POSTGRESQL:
        return
    written()
    work_through(JOBS, at=LONG_AFTER)
    db.session.remove()
    assert sqlite.cut_log(db.engine)
    assert files_with_marker(fresh_app) == [""]


def test_the_log_is_not_cut_under_a_reader_and_nobody_waits_for_it(app: Flask) -> None:
    if ON_POSTGRESQL:
        return
    written(1)
    with db.engine.connect() as reader:
        reader.execute(text("SELECT count(*) FROM letter"))
        work_through(JOBS, at=LONG_AFTER)
        db.session.remove()
        assert not sqlite.cut_log(db.engine)
        make.meeting()  # a writer comes through while the reader stays
        db.session.remove()
    assert sqlite.cut_log(db.engine)
    assert files_with_marker(app) == []


def test_the_worker_cuts_the_log_at_each_look(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    if ON_POSTGRESQL:
        return
    written(1)
    for module in (delivery, lanes):
        monkeypatch.setattr(module, "now", lambda: LONG_AFTER)
    monkeypatch.setattr(lanes.Lane, "_start", lanes.Lane.work)  # in this process
    delivery.deliver_for_ever(Once(), JOBS)
    db.session.remove()
    assert files_with_marker(app) == []
