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
from eventapp.checkin import actions, told
from eventapp.checkin.models import ALREADY, WELCOME, Scan
from eventapp.checkin.queries import gate_at
from eventapp.checkin.reading import Reading
from eventapp.checkin.told import first_arrival
from eventapp.clock import now
from eventapp.db import db, transaction
from eventapp.meetings.queries import meeting_at
from tests import make
from tests.conftest import ON_POSTGRESQL
from tests.make_checkin import gate

RIVALS = 8


def test_one_person_at_eight_counters_is_welcomed_once(app: Flask) -> None:
    assert rush(app) == {WELCOME: 1, ALREADY: RIVALS - 1}


def test_without_its_guard_the_door_does_not_keep_that(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the test above can fail. Without the lock all look before anybody is written down."""
    everybody = threading.Barrier(RIVALS, timeout=60)
    monkeypatch.setattr(told, "locked", lambda query: query)
    monkeypatch.setattr(actions, "first_arrival", together(everybody, first_arrival))
    if not ON_POSTGRESQL:  # there the one pen of BEGIN IMMEDIATE is the guard
        event.remove(db.engine, "begin", sqlite.begin)
        event.listen(db.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))

    assert rush(app) != {WELCOME: 1, ALREADY: RIVALS - 1}


def together(everybody: threading.Barrier, then: Callable[..., Any]) -> Callable[..., Any]:
    """Do this when everybody has come so far, or has been waited for long enough."""

    def wait(*values: Any) -> Any:
        with suppress(threading.BrokenBarrierError):
            everybody.wait()
        return then(*values)

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
                with transaction():
                    answer = actions.scan(door, Reading(code, key or f"reading-{number:03d}"), by=None, at=now())
                said.append(answer.verdict)
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
