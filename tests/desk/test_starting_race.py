"""Several hands make a meeting at one address in the same moment: one meeting, and a sentence for the others."""

import threading
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.desk.starting import actions as starting
from eventapp.desk.starting.actions import start
from eventapp.desk.starting.content import Beginning, fresh
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meeting_file import actions as meeting_file
from eventapp.meetings import actions
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from tests import make
from tests.make import TODAY

HANDS = 6
SPRING = Beginning(
    slug="spring",
    title="Spring review",
    starts=date(2027, 3, 1),
    ends=date(2027, 3, 2),
    venue="Hall",
    city="Bangkok",
    country="THA",
    zone="Asia/Bangkok",
    organization="Commission",
    organizer="Ada Byron",
    email="ada@example.org",
)


def make_it(by: Person) -> None:
    with transaction():
        start(fresh(SPRING, TODAY, with_categories=False), by=by, at=TODAY)


def test_of_many_hands_one_makes_the_meeting(app: Flask) -> None:
    number = make.administrator().id
    make.person("Ada Byron", "ada@example.org")
    db.session.rollback()
    together, ends = threading.Barrier(HANDS), list[str]()

    def act() -> None:
        with app.app_context():
            by = db.session.get_one(Person, number)
            together.wait()
            try:
                make_it(by)
                ends.append("made")
            except Refused as refusal:
                ends.append(str(refusal))
            except Exception as fault:  # noqa: BLE001 -- whatever it is, the test shows it
                ends.append(repr(fault))
            finally:
                db.session.remove()

    threads = [threading.Thread(target=act) for _hand in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()

    taken = "There is a meeting at “spring” already. Choose another address."
    assert sorted(ends) == sorted(["made", *[taken] * (HANDS - 1)])
    assert db.session.scalar(select(func.count()).select_from(Meeting)) == 1


def test_who_looked_before_the_other_had_written_is_refused_too(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    by = make.administrator()
    make.meeting(slug="spring")
    for room in (starting, meeting_file, actions):
        monkeypatch.setattr(room, "meeting_at", lambda _slug: None)

    with pytest.raises(Refused, match="There is a meeting at “spring” already"):
        make_it(by)
