"""Two organizers send the letters that wait at the same moment: each person gets one."""

import threading
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from eventapp.agenda.models import Session
from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.jobs.scheduler import work_long
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.live.checking import actions
from eventapp.live.checking.actions import choose_live_letters, send_waiting_letters
from eventapp.live.checking.content import CHECKED
from eventapp.live.checking.queries import mark_of_waiting, waiting_changes
from eventapp.live.late.actions import Press, press_late
from eventapp.live.late.queries import lateness
from eventapp.live.telling.jobs import LONG_JOBS
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from tests import make
from tests.conftest import ON_POSTGRESQL
from tests.make_agenda import NINE, published

AT = NINE + timedelta(minutes=20)


def test_two_press_at_once_and_each_person_gets_one_letter(app: Flask) -> None:
    press_together(app)
    assert (times_sent(), letters()) == (1, ["ada@example.org"])


@pytest.mark.usefixtures("fresh_app")
def test_without_its_lock_both_send(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without the lock and the one pen both find that letters wait, and both send them."""
    everybody, found = threading.Barrier(2, timeout=60), waiting_changes

    def together(meeting: Meeting) -> Any:
        rows = found(meeting)
        with suppress(threading.BrokenBarrierError):
            everybody.wait()
        return rows

    monkeypatch.setattr(actions, "lock", lambda row: None)
    monkeypatch.setattr(actions, "waiting_changes", together)
    if not ON_POSTGRESQL:
        event.remove(db.engine, "begin", sqlite.begin)
        event.listen(db.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    assert press_together(app) != [0, 1]


def press_together(app: Flask) -> list[int]:
    """What two organizers are answered who press at the same moment: of how many changes; -1 for a fault."""
    meeting = make.meeting(slug="spring")
    session = make.session(meeting, code="S1", starts_at=NINE)
    make.role(session, person_id=make.person("Ada", email="ada@example.org").id, name="Ada")
    published(meeting)
    with transaction():
        choose_live_letters(meeting, CHECKED, by=None, at=AT)
    with transaction():
        late = lateness(session, 10, everywhere=False, at=AT)
        press_late(session, Press(10, late.seen), by=None, at=AT)
    mark, number = mark_of_waiting(waiting_changes(meeting)), meeting.id
    db.session.remove()
    barrier, answers = threading.Barrier(2), list[int]()

    def press() -> None:
        barrier.wait()
        with app.app_context():
            row = db.session.get_one(Meeting, number)
            try:
                with transaction():
                    sent = send_waiting_letters(row, mark, by=None, at=AT)
                answers.append(sent)
            except (DBAPIError, Refused):
                answers.append(-1)

    rivals = [threading.Thread(target=press) for _one in range(2)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    return sorted(answers)


def times_sent() -> int:
    db.session.rollback()
    return db.session.query(Entry).filter_by(verb="sent letters of the day").count()


def letters() -> list[str]:
    while work_long(LONG_JOBS, at=AT + timedelta(minutes=2)):
        pass
    db.session.rollback()
    assert db.session.query(Session).count() == 1
    return [one.to for one in db.session.query(Letter)]
