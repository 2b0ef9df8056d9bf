"""The writers of one process wait for each other in a queue, and not by trying again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from eventapp.ground.db import db, sqlite, transaction
from eventapp.meetings.models import Meeting
from tests import make
from tests.conftest import ON_POSTGRESQL

WRITERS, EACH = 8, 12


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENT", sqlite.IMPATIENT)


def written_at_once(app: Flask) -> int:
    """How many of the writings go through where SQLite itself waits for nobody."""
    meeting_id = make.meeting().id
    db.session.remove()
    db.engine.dispose()

    def write(_writer: int) -> int:
        done = 0
        with app.app_context():
            for _time in range(EACH):
                try:
                    with transaction():
                        db.session.get_one(Meeting, meeting_id).version += 1
                    done += 1
                except OperationalError:
                    db.session.rollback()
            db.session.remove()
        return done

    with ThreadPoolExecutor(WRITERS) as pool:
        return sum(pool.map(write, range(WRITERS)))


def test_nobody_finds_the_database_locked(app: Flask) -> None:
    assert written_at_once(app) == WRITERS * EACH


def test_without_the_queue_some_do(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "take_write_lock", lambda connection: None)
    monkeypatch.setattr(sqlite, "LOOKS", 0)  # nor does anybody look again soon
    assert ON_POSTGRESQL or written_at_once(app) < WRITERS * EACH


def test_the_write_lock_is_given_back_after_a_failure(app: Flask) -> None:
    meeting = make.meeting(capacity=3)
    for _time in range(2):
        with pytest.raises(ZeroDivisionError), transaction():
            meeting.capacity = 1 // 0
    assert ON_POSTGRESQL or not sqlite.WRITE_LOCK[db.engine.dialect].locked()
