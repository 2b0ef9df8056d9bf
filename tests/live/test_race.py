"""Two people press "+10" at the same moment: the day is ten minutes late, and one of them is told."""

import threading
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from eventapp.agenda.models import Release, Session
from eventapp.ground.db import db, sqlite
from eventapp.live.late import actions
from eventapp.live.models import LiveChange
from eventapp.meetings.models import ORGANIZER
from tests import make
from tests.browserless import PageClient
from tests.conftest import ON_POSTGRESQL
from tests.make_agenda import NINE, published

LATE = "/meetings/spring/record/S1/late"


def test_two_people_press_at_once_and_one_is_told(app: Flask) -> None:
    assert press_together(app) == [303, 409]
    assert lateness() == (10, 1, 2)


@pytest.mark.usefixtures("fresh_app")
def test_without_its_guards_nobody_is_told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without lock, mark and the one pen both presses are done."""
    everybody = threading.Barrier(2, timeout=60)

    def together(meeting: Any, press: Any, late: Any) -> None:
        with suppress(threading.BrokenBarrierError):
            everybody.wait()

    monkeypatch.setattr(actions, "lock", lambda row: None)
    monkeypatch.setattr(actions, "refuse_unseen", together)
    if not ON_POSTGRESQL:
        event.remove(db.engine, "begin", sqlite.begin)
        event.listen(db.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    assert press_together(app) != [303, 409]


def press_together(app: Flask) -> list[int]:
    """What two organizers are answered who look at the same preview and press at the same moment."""
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S1", starts_at=NINE)
    published(meeting)
    people = [make.staff(meeting, ORGANIZER) for _one in range(2)]
    browsers = [PageClient(app, app.response_class).sign_in(one) for one in people]
    marks = [one.get(f"{LATE}?by=10").text.split('name="seen" value="')[1].split('"')[0] for one in browsers]
    db.session.remove()
    barrier, answers = threading.Barrier(2), list[int]()

    def press(number: int) -> None:
        barrier.wait()
        with app.app_context():
            data = {"by": "10", "scope": "room", "seen": marks[number]}
            try:
                answers.append(browsers[number].post(LATE, data=data).status_code)
            except DBAPIError:  # the control without guards may meet the database's own refusal
                answers.append(500)

    rivals = [threading.Thread(target=press, args=(number,)) for number in range(2)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    return sorted(answers)


def lateness() -> tuple[int, int, int]:
    """By how many minutes the session is late, after how many changes, in how many versions."""
    db.session.rollback()
    session = db.session.query(Session).one()
    minutes = int((session.ends_at - session.starts_at).total_seconds() // 60) - 90
    return minutes, db.session.query(LiveChange).count(), db.session.query(Release).count()
