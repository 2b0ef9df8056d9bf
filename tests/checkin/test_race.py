"""One person at several counters in the same moment is welcomed once."""

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from eventapp import sqlite
from eventapp.checkin import actions
from eventapp.checkin.models import ALREADY, WELCOME, Scan
from eventapp.checkin.queries import answer_to_new, gate_at, scan_by_key
from eventapp.checkin.reading import Reading
from eventapp.checkin.views import read
from eventapp.db import db
from eventapp.meetings.queries import meeting_at
from tests import make
from tests.conftest import ON_POSTGRESQL
from tests.make_checkin import gate

RIVALS = 8


def test_one_person_at_eight_counters_is_welcomed_once(app: Flask) -> None:
    assert rush(app) == {WELCOME: 1, ALREADY: RIVALS - 1}


def test_without_its_guard_the_door_does_not_keep_that(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the test above can fail. Without the lock all are written before any is answered."""
    everybody = threading.Barrier(RIVALS, timeout=5)
    monkeypatch.setattr(actions, "lock", lambda row: None)
    if ON_POSTGRESQL:
        monkeypatch.setattr(actions, "answer_to_new", together(everybody, answer_to_new))
    else:  # there the one pen of BEGIN IMMEDIATE is the guard
        event.remove(db.engine, "begin", sqlite.begin)
        event.listen(db.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        monkeypatch.setattr(actions, "scan_by_key", together(everybody, scan_by_key))

    assert rush(app) != {WELCOME: 1, ALREADY: RIVALS - 1}


def together(everybody: threading.Barrier, then: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Do this when everybody has come so far, or has been waited for long enough."""

    def wait(value: Any) -> Any:
        with suppress(threading.BrokenBarrierError):
            everybody.wait()
        return then(value)

    return wait


def test_one_reading_sent_eight_times_at_once_is_kept_once(app: Flask) -> None:
    assert rush(app, key="the-same-key") == {WELCOME: RIVALS}
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 1


def test_an_unknown_code_sent_eight_times_at_once_is_kept_once(app: Flask) -> None:
    assert rush(app, key="the-same-key", code="R-0999") == {"refused": RIVALS}
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 1


def rush(app: Flask, key: str = "", code: str = "R-0158") -> Counter[str]:
    """What the door says to so many readings of one badge, half at each of two gates, all at once."""
    meeting = make.meeting(slug="spring")
    make.registration(meeting, number=158)
    codes = [gate(meeting).code, gate(meeting).code]
    db.session.rollback()
    start, said = threading.Barrier(RIVALS), []

    def come(number: int) -> None:
        with app.test_request_context():
            found = meeting_at("spring")
            door = gate_at(found, codes[0 if key else number % 2]) if found else None
            assert door is not None
            start.wait()
            try:
                said.append(read(door, Reading(code, key or f"reading-{number:03d}")).verdict)
            except OperationalError:
                said.append("busy")
            finally:
                db.session.remove()

    rivals = [threading.Thread(target=come, args=(number,)) for number in range(RIVALS)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    db.session.rollback()
    return Counter(said)
