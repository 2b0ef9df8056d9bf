"""Two focal points nominate for the last place of their delegation at the same moment. And the same without the guard."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import DBAPIError

from eventapp.delegations.focal import actions as focal_actions
from eventapp.delegations.focal.actions import nominate_one
from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.refusal import Refused
from eventapp.registration.decisions import obstacles
from eventapp.registration.models import DelegationFocalPoint, Registration
from eventapp.registration.nominated import actions
from tests import make
from tests.make_delegations import focal_point, nominee

TRIES = 8


@pytest.fixture(autouse=True)
def _slow_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting takes a moment, so that whoever is not held back comes in between."""
    counted = obstacles.taken_of

    def slow(delegation: int, *, beside: int = 0) -> int:
        answer = counted(delegation, beside=beside)
        time.sleep(0.05)
        return answer

    monkeypatch.setattr(actions, "taken_of", slow)


def nominated_at_once(app: Flask) -> int:
    """How many are nominated in the end for one place."""
    meeting = make.meeting(capacity=1000)
    sender, category = make.delegation(meeting, places=1), make.category(meeting)
    focal = [focal_point(sender).id for _one in range(2)]
    people = [nominee(category) for _one in range(TRIES)]
    number = sender.id
    db.session.remove()

    def act(place: int) -> None:
        with app.app_context():
            try:
                with transaction():
                    mine = db.session.get_one(DelegationFocalPoint, focal[place % 2])
                    nominate_one(mine, people[place], key=f"key {place}", at=make.TODAY, language="en")
            except (Refused, DBAPIError):  # the second without the guard: two registrations with one number
                pass
            finally:
                db.session.remove()

    with ThreadPoolExecutor(TRIES) as pool:
        list(pool.map(act, range(TRIES)))
    return db.session.scalar(select(func.count()).where(Registration.delegation_id == number)) or 0


def test_the_last_place_goes_to_one(app: Flask) -> None:
    assert nominated_at_once(app) == 1


@pytest.mark.usefixtures("fresh_app")
def test_without_the_guard_the_same_race_gives_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.engine.dialect.name == "sqlite":
        db.session.rollback()
        event.remove(db.engine, "begin", sqlite.begin)
    numbers = iter(range(1, 1000))
    for room in (actions, focal_actions):
        monkeypatch.setattr(room, "lock", lambda row: None)
        monkeypatch.setattr(room, "record", lambda *_row, **_facts: None)
    monkeypatch.setattr(actions, "next_number", lambda _meeting: next(numbers))
    assert any(nominated_at_once(app) > 1 for _try in range(5))
