"""Twenty people are approved for the last places of a delegation at the same moment. And the same without the guard."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.refusal import Refused
from eventapp.people.models import Person
from eventapp.registration.decisions import actions, obstacles
from eventapp.registration.models import Registration
from eventapp.registration.places import actions as placing
from tests import make

RIVALS, PLACES = 20, 4


@pytest.fixture(autouse=True)
def _slow_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting takes a moment, so that whoever is not held back comes in between."""
    counted = obstacles.placed_beside

    def slow(registration: Registration) -> int:
        answer = counted(registration)
        time.sleep(0.02)
        return answer

    monkeypatch.setattr(obstacles, "placed_beside", slow)


def placed_at_once(app: Flask) -> int:
    """How many have a place in the end."""
    meeting = make.meeting(capacity=1000)
    sender, organizer = make.delegation(meeting, places=PLACES), make.administrator().id
    rivals = [make.registration(meeting, delegation=sender, state="pending").id for _ in range(RIVALS)]
    db.session.remove()

    def decide(number: int) -> None:
        with app.app_context():
            try:
                with transaction():
                    mine = db.session.get_one(Registration, number)
                    actions.approve(mine, by=db.session.get_one(Person, organizer), at=make.TODAY)
            except (Refused, DBAPIError):  # the second without the guard: two lines of history with one number
                pass
            finally:
                db.session.remove()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(decide, rivals))
    return sum(db.session.get_one(Registration, number).state == "approved" for number in rivals)


def test_no_delegation_gets_more_places_than_it_has(app: Flask) -> None:
    assert placed_at_once(app) == PLACES


@pytest.mark.usefixtures("fresh_app")
def test_without_the_guard_the_same_race_gives_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.engine.dialect.name == "sqlite":
        db.session.rollback()
        event.remove(db.engine, "begin", sqlite.begin)
    monkeypatch.setattr(actions, "hold", lambda row: None)
    monkeypatch.setattr(actions, "record", lambda *_row, **_facts: None)
    monkeypatch.setattr(placing, "record", lambda *_row, **_facts: None)
    assert any(placed_at_once(app) > PLACES for _try in range(5))
