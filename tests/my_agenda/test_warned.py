"""The planner warns of rooms too small for those who chose a session, and of people with a part who are not registered."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.agenda.warnings.queries import warnings_now
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.my_agenda.actions import change_stars
from eventapp.my_agenda.sign_up.actions import leave, sign_up
from eventapp.registration.models import Registration
from tests import make
from tests.make import TODAY


@pytest.fixture
def people(meeting: Meeting) -> list[Registration]:
    return [make.registration(meeting) for _one in range(4)]


def the(code: str) -> Session:
    return db.session.scalars(select(Session).where(Session.code == code)).one()


def told(meeting: Meeting, kind: str) -> list[tuple[tuple[str, ...], str]]:
    db.session.expire_all()
    return [(one.sessions, one.words) for one in warnings_now(meeting).open if one.kind == kind]


def seats(meeting: Meeting, count: int) -> None:
    with transaction():
        meeting.rooms[0].seats = count


def test_more_people_than_seats_are_told_each_person_once(meeting: Meeting, people: list[Registration]) -> None:
    seats(meeting, 2)
    with transaction():
        for one in people[:2]:
            change_stars(one, {"S1"}, (), at=TODAY)
            sign_up(one, the("S1"), at=TODAY)
    assert told(meeting, "wanted") == []
    with transaction():
        sign_up(people[2], the("S1"), at=TODAY)  # in line
    assert told(meeting, "wanted") == [(("S1",), "3 people chose S1 with a star or signed up; Hall seats 2.")]
    with transaction():
        leave(people[2], the("S1"), at=TODAY)
    assert told(meeting, "wanted") == []
    with transaction():
        change_stars(people[3], {"S1"}, (), at=TODAY)
        people[3].state = "withdrawn"
    assert told(meeting, "wanted") == []


def test_an_acknowledged_one_is_told_again_with_a_tenth_of_the_seats_more(
    meeting: Meeting, people: list[Registration]
) -> None:
    seats(meeting, 2)
    with transaction():
        for one in people[:3]:
            change_stars(one, {"S2"}, (), at=TODAY)
    first = next(one.key for one in warnings_now(meeting).open if one.kind == "wanted")
    with transaction():
        change_stars(people[3], {"S2"}, (), at=TODAY)
    assert next(one.key for one in warnings_now(meeting).open if one.kind == "wanted") != first
    seats(meeting, 3)
    with transaction():
        change_stars(people[3], (), {"S2"}, at=TODAY)
    assert told(meeting, "wanted") == []


def test_who_has_a_part_and_is_not_registered_is_told_once_with_all_of_them(app: Flask, meeting: Meeting) -> None:
    ada, grace = make.person("Ada Byron"), make.person("Grace Hopper")
    for code in ("S0", "S2"):
        make.role(the(code), name="Ada Byron", person_id=ada.id)
    make.role(the("S1"), name="Grace Hopper", person_id=grace.id)
    make.role(the("S1"), name="Asked", person_id=make.person("Asked").id, state="invited")
    make.role(the("S1"), name="No Address", person_id=None)
    assert told(meeting, "unregistered") == [], "nobody is registered yet"
    mine = make.registration(meeting, person=grace)
    make.registration(make.meeting(slug="autumn"), person=ada)
    assert told(meeting, "unregistered") == [(("S0", "S2"), "Ada Byron has a part in S0, S2 and is not registered.")]
    with transaction():
        mine.state = "withdrawn"
    make.registration(meeting)
    assert [codes for codes, _words in told(meeting, "unregistered")] == [("S0", "S2"), ("S1",)]
    with transaction():
        the("S1").cancelled_at = TODAY + timedelta(hours=1)
    assert [codes for codes, _words in told(meeting, "unregistered")] == [("S0", "S2")]
