"""Workers write the letters of one message at the same moment: nobody gets two. And the same without the guard."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from eventapp.ground.db import db, transaction
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.messages import preparing
from eventapp.messages.models import Copy
from tests import make, make_messages

WORKERS, PEOPLE = 4, 12


def write_at_once(app: Flask, meeting: Meeting) -> list[str]:
    """Every worker has drawn the same batch before the first one writes. Returns what came of each."""
    message = make_messages.sent(meeting)
    batch = preparing.Batch(message.id, 0, make.TODAY)
    barrier = Barrier(WORKERS)

    def work(_number: int) -> str:
        with app.app_context():
            act = preparing.prepare(batch)
            db.session.rollback()
            barrier.wait()
            try:
                with transaction():
                    act()
            except Exception as error:  # noqa: BLE001 -- whatever the database says
                return type(error).__name__
            finally:
                db.session.remove()
            return "done"

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, range(WORKERS)))


@pytest.fixture
def meeting(fresh_app: Flask) -> Meeting:
    meeting = make.meeting(slug="spring", capacity=PEOPLE)
    for _one in range(PEOPLE):
        make.registration(meeting)
    return meeting


def counts() -> tuple[int | None, int | None]:
    db.session.rollback()
    return db.session.scalar(select(func.count(Letter.id))), db.session.scalar(select(func.count(Copy.id)))


def test_nobody_gets_two(fresh_app: Flask, meeting: Meeting) -> None:
    assert write_at_once(fresh_app, meeting) == ["done"] * WORKERS
    assert counts() == (PEOPLE, PEOPLE)


def test_without_the_lock_the_key_still_holds(
    fresh_app: Flask, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "is_next", lambda message, batch: True)
    done = write_at_once(fresh_app, meeting)
    assert sorted(done) == ["IntegrityError"] * (WORKERS - 1) + ["done"]
    assert counts() == (PEOPLE, PEOPLE)


def test_without_lock_and_keys_they_would(fresh_app: Flask, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "is_next", lambda message, batch: True)
    with transaction():
        db.session.execute(text("DROP INDEX uq_letter_dedupe"))
    monkeypatch.setattr(preparing, "put_in_log", lambda copies, posted: None)
    assert write_at_once(fresh_app, meeting) == ["done"] * WORKERS
    assert counts() == (WORKERS * PEOPLE, 0)
