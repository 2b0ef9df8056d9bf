"""Forty people choose an excursion of ten places at the same moment. And the same without the guard."""

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import DBAPIError

from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import Meeting
from eventapp.questions.content import Choice
from eventapp.registration import actions as registering
from eventapp.registration.answers import actions
from eventapp.registration.answers.models import Answer
from eventapp.registration.answers.queries import taken_by_choice
from eventapp.registration.changes import actions as changes
from eventapp.registration.models import Registration
from tests import make
from tests.make_questions import question
from tests.make_registration import application, asked, confirmed

RIVALS, PLACES, AT_ONCE = 40, 10, 16


@pytest.fixture(autouse=True)
def _slow_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting takes a moment, so that whoever is not held back comes in between."""

    def slow(meeting: Meeting, *, but: int | None = None) -> Mapping[str, dict[str, int]]:
        answer = taken_by_choice(meeting, but=but)
        time.sleep(0.01)
        return answer

    monkeypatch.setattr(actions, "taken_by_choice", slow)


def chosen_at_once(app: Flask) -> int:
    """How many have the choice in the end."""
    meeting = make.meeting(capacity=1000)
    category = make.category(meeting, needs_approval=True)
    bus = Choice(label={"en": "Bus"}, places=PLACES)
    question_id = question(meeting, kind="choice", choices=(bus, "No")).id
    rivals = [confirmed(meeting, category).id for _ in range(RIVALS)]
    db.session.remove()

    def change(number: int) -> None:
        with app.app_context():
            try:
                with transaction():
                    mine = db.session.get_one(Registration, number)
                    request = application(mine.category, email=mine.person.email, answers={"q1": ["1"]})
                    changes.amend(mine, request, by=None, at=make.TODAY)
            except (Refused, DBAPIError):  # the second without the guard: two lines of history with one number
                pass
            finally:
                db.session.remove()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(change, rivals))
    return db.session.scalar(select(func.count(Answer.id)).where(Answer.question_id == question_id)) or 0


def confirmed_at_once(app: Flask) -> int:
    """How many of those who chose it before they confirmed have the choice in the end."""
    meeting = make.meeting(capacity=1000)
    category = make.category(meeting)
    bus = Choice(label={"en": "Bus"}, places=PLACES)
    question_id = question(meeting, kind="choice", choices=(bus, "No")).id
    rivals = [asked(meeting, category, answers={"q1": ["1"]}).id for _ in range(RIVALS)]
    db.session.remove()

    def confirm_it(number: int) -> None:
        with app.app_context():
            try:
                with transaction():
                    registering.confirm(db.session.get_one(Registration, number), at=make.TODAY)
            except (Refused, DBAPIError):
                pass
            finally:
                db.session.remove()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(confirm_it, rivals))
    return db.session.scalar(select(func.count(Answer.id)).where(Answer.question_id == question_id)) or 0


def test_who_confirms_after_the_last_place_is_taken_loses_the_choice(app: Flask) -> None:
    assert confirmed_at_once(app) == PLACES


def test_no_choice_is_taken_more_often_than_it_has_places(app: Flask) -> None:
    assert chosen_at_once(app) == PLACES


@pytest.mark.usefixtures("fresh_app")
def test_without_the_guard_the_same_race_oversells(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.engine.dialect.name == "sqlite":
        db.session.rollback()
        event.remove(db.engine, "begin", sqlite.begin)
    monkeypatch.setattr(changes, "hold", lambda row: None)
    assert any(chosen_at_once(app) > PLACES for _try in range(5))
