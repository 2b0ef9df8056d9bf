"""Rules of networking and open slots come along with a copy; what participants wrote, asked and agreed never does."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.desk.starting import manage
from eventapp.ground.db import db, transaction
from eventapp.ground.db.types import Base
from eventapp.meetings.models import Meeting
from eventapp.networking.actions import Rules, choose_audience, set_networking
from eventapp.networking.bilaterals.models import Bilateral, BilateralSlot
from eventapp.networking.bilaterals.queries import slots_of
from eventapp.networking.models import PARTICIPANTS, NetworkingConsent
from eventapp.networking.offers.actions import Wanted, add_line
from eventapp.networking.offers.models import OFFER, NetworkingLine
from eventapp.networking.queries import rules_of
from eventapp.networking.slots.actions import set_open, slot_at
from tests import make
from tests.browserless import PageClient
from tests.desk.test_starting_entrances import copy
from tests.make_agenda import NINE


@pytest.fixture
def admin(app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch) -> PageClient:
    """An administrator, signed in."""
    monkeypatch.setattr(manage, "now", lambda: make.TODAY + timedelta(seconds=17))
    return client.sign_in(make.administrator())


@pytest.fixture
def source(app: Flask) -> Meeting:
    """A meeting with rules, an open and a closed slot, and somebody who wrote a line."""
    meeting = make.meeting(slug="spring")
    session, one = make.session(meeting, code="S1"), make.registration(meeting, person=make.person("Ada Byron"))
    first, second = (
        make.kept(slot_at(meeting, "Table 1", NINE + wait, NINE + wait + HALF)) for wait in (HALF, HALF * 2)
    )
    with transaction():
        set_networking(meeting, Rules(True, 3, 12, session), by=None, at=make.TODAY)
        choose_audience(one, PARTICIPANTS, at=make.TODAY)
        add_line(one, Wanted(OFFER, "Seeds", (), (9,)), at=make.TODAY)
        set_open(second, is_open=False, by=None, at=make.TODAY)
    assert first.closed_at is None
    return meeting


HALF = timedelta(minutes=30)


def test_rules_and_open_slots_come_along_and_nobody_s_lines(admin: PageClient, source: Meeting) -> None:
    before = [many(model) for model in (NetworkingLine, NetworkingConsent, Bilateral)]
    meeting = copy(admin, "sessions", "networking")
    rules = rules_of(meeting)
    assert rules is not None and rules.session is not None
    assert (rules.is_open, rules.requests_a_day, rules.answer_hours, rules.session.code) == (True, 3, 12, "S1")
    assert rules.session.meeting_id == meeting.id
    [slot] = db.session.scalars(slots_of(meeting)).all()
    assert slot.place == "Table 1" and slot.ends_at - slot.starts_at == HALF
    assert slot.wall_starts == f"{meeting.starts_on}T09:30" and slot.wall_zone == meeting.zone
    assert [many(model) for model in (NetworkingLine, NetworkingConsent, Bilateral)] == before


def test_without_its_session_no_session_takes_commitments(admin: PageClient, source: Meeting) -> None:
    rules = rules_of(copy(admin, "networking"))
    assert rules is not None and rules.session is None and rules.requests_a_day == 3


def test_without_being_asked_for_nothing_of_it_comes(admin: PageClient, source: Meeting) -> None:
    meeting = copy(admin, "sessions")
    assert rules_of(meeting) is None and many(BilateralSlot) == 2


def many(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0
