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

from eventapp.badges.queries import badges_of, bearer_by_entry_code, code_of
from eventapp.checkin import actions, labels
from eventapp.checkin.labels import first_arrival
from eventapp.checkin.models import ALREADY, REFUSED, WELCOME, Scan
from eventapp.checkin.queries import gate_at
from eventapp.checkin.reading import SEARCH, Reading
from eventapp.ground.clock import now
from eventapp.ground.db import db, sqlite, transaction
from eventapp.meetings.queries import meeting_at
from tests import make
from tests.conftest import ON_POSTGRESQL
from tests.make_checkin import gate

RIVALS = 8


def test_one_person_at_eight_counters_is_welcomed_once(app: Flask) -> None:
    assert rush(app) == {WELCOME: 1, ALREADY: RIVALS - 1}


@pytest.mark.usefixtures("fresh_app")
def test_without_its_guard_the_door_does_not_keep_that(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the test above can fail. Without the lock all look before anybody is written down."""
    everybody = threading.Barrier(RIVALS, timeout=60)
    monkeypatch.setattr(labels, "locked", lambda query: query)
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


def rush(
    app: Flask, key: str = "", code: str = "R-0158", rivals: int = RIVALS, after: Callable[[], None] | None = None
) -> Counter[str]:
    """What the door says to so many readings of one badge, half at each of two gates, all at once.

    No code stands for that of the letter of approval, while no badge is issued yet. `after` comes after each of them.
    """
    meeting = make.meeting(slug="spring")
    registration = make.registration(meeting, number=158)
    code = code or code_of(registration)
    codes = [gate(meeting).code, gate(meeting).code]
    db.session.rollback()
    start, said = threading.Barrier(rivals), []

    def come(number: int) -> None:
        with app.test_request_context():
            found = meeting_at("spring")
            door = gate_at(found, codes[0 if key else number % 2]) if found else None
            assert door is not None
            start.wait()
            try:
                with transaction():
                    answer = actions.scan(
                        door, Reading(code, key or f"reading-{number:03d}", SEARCH), by=None, at=now()
                    )
                said.append(answer.verdict)
            except OperationalError:
                said.append("busy")
            finally:
                db.session.remove()
                if after:
                    after()

    threads = [threading.Thread(target=come, args=(number,)) for number in range(rivals)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return Counter(said)


def test_the_code_of_a_letter_read_first_at_eight_counters_is_welcomed_once(app: Flask) -> None:
    assert rush(app, code="") == {WELCOME: 1, ALREADY: RIVALS - 1}


@pytest.mark.parametrize("guarded", [True, False])
def test_a_badge_issued_between_two_looks_is_found(app: Flask, monkeypatch: pytest.MonkeyPatch, guarded: bool) -> None:
    """The control: where only people without a badge are looked through, the second counter knows nobody.

    SQLite lets one transaction write at a time: there the second counter looks after the badge is issued, guarded or not.
    """
    issued, first = threading.Event(), threading.Lock()

    def card_read(*asked: Any) -> Any:
        card = found(*asked)
        if not first.acquire(blocking=False):
            assert issued.wait(30)
        return card

    def without_badge(meeting_id: int, code: str) -> Any:
        bearer = bearer_by_entry_code(meeting_id, code)
        return bearer if bearer and not badges_of(bearer) else None

    found = actions.card_read
    monkeypatch.setattr(actions, "card_read", card_read)
    if not guarded:
        monkeypatch.setattr(actions, "bearer_by_entry_code", without_badge)

    assert rush(app, code="", rivals=2, after=issued.set) == (
        {WELCOME: 1, ALREADY: 1} if guarded or not ON_POSTGRESQL else {WELCOME: 1, REFUSED: 1}
    )
