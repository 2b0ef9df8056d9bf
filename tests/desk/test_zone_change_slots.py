"""Slots for bilateral meetings follow the same answer as sessions where a meeting gets another time zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.desk import manage
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.networking.actions import Rules, set_networking
from eventapp.networking.bilaterals.actions import accept, ask
from eventapp.networking.bilaterals.models import Bilateral, BilateralSlot
from eventapp.networking.slots.actions import Opening, open_slots, slot_at
from eventapp.networking.slots.queries import newly_off
from tests import make
from tests.browserless import PageClient
from tests.desk.test_manage import said
from tests.make_agenda import NINE
from tests.networking.conftest import found

PAGE = "/meetings/spring/manage/settings/meeting"
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """Two tables, each with an hour from 9:00 and one from 10:00 in Bangkok; and no session."""
    monkeypatch.setattr(manage, "now", lambda: make.TODAY)
    meeting = make.meeting(slug="spring")
    with transaction():
        set_networking(meeting, Rules(is_open=True), by=None, at=make.TODAY)
        wanted = Opening(("Table 1", "Table 2"), date(2026, 3, 16), time(9), time(11), 60)
        open_slots(meeting, wanted, by=None, at=make.TODAY)
    return meeting


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, "organizer"))


def walls() -> list[str]:
    """What clocks show where the first table is, by what is kept; and that it is what clocks show."""
    db.session.expire_all()
    assert list(newly_off(make.TODAY)) == [], "the comparison with newer rules finds nothing"
    rows = db.session.query(BilateralSlot).filter_by(place="Table 1").order_by(BilateralSlot.starts_at)
    return [f"{one.wall_starts} {one.wall_zone}" for one in rows]


def agreed(meeting: Meeting) -> int:
    ada, grace = found(meeting, "Ada Byron"), found(meeting, "Grace Hopper")
    with transaction():
        slot = db.session.query(BilateralSlot).order_by(BilateralSlot.id).limit(1).one()
        one = ask(ada, grace, "About ports.", slot, at=make.TODAY)
    with transaction():
        accept(one, grace, at=make.TODAY)
    return one.id


def test_the_page_asks_for_slots_alone(desk: PageClient, meeting: Meeting) -> None:
    answer = desk.post(PAGE, data=said(meeting, zone="Europe/Paris"))
    assert answer.status_code == 422
    assert "4 slots for bilateral meetings are open in Asia/Bangkok." in answer.text
    assert "The draft changes." not in answer.text
    assert walls() == ["2026-03-16T09:00 Asia/Bangkok", "2026-03-16T10:00 Asia/Bangkok"]
    make.session(meeting)
    answer = desk.post(PAGE, data=said(meeting, zone="Europe/Paris"))
    assert "1 session is planned in Asia/Bangkok. Slots for bilateral meetings" in answer.text


@pytest.mark.parametrize("zone", ["Europe/Paris", "Asia/Yangon", "Asia/Shanghai"])
def test_times_stay_and_calendars_hear_of_it(desk: PageClient, meeting: Meeting, zone: str) -> None:
    """In Shanghai each slot is to be where the one before it was; further west and east none meets another."""
    number = agreed(meeting)
    assert desk.post(PAGE, data=said(meeting, zone=zone, clocks="clocks")).status_code == 303
    assert walls() == [f"2026-03-16T09:00 {zone}", f"2026-03-16T10:00 {zone}"]
    slot = db.session.query(BilateralSlot).order_by(BilateralSlot.id).limit(1).one()
    assert slot.starts_at == datetime(2026, 3, 16, 9, tzinfo=ZoneInfo(zone)) and slot.ends_at == slot.starts_at + HOUR
    assert db.session.get_one(Bilateral, number).sequence == 1
    entry = db.session.query(Entry).filter_by(verb="kept the clocks of slots in another zone").one()
    assert entry.detail["count"] == 4


def test_slots_come_where_the_next_was(desk: PageClient, meeting: Meeting) -> None:
    """An hour to the west each is to be where the next one was."""
    with transaction():
        meeting.zone = "Asia/Shanghai"
    assert desk.post(PAGE, data=said(meeting, zone="Asia/Bangkok", clocks="clocks")).status_code == 303
    assert walls() == ["2026-03-16T10:00 Asia/Bangkok", "2026-03-16T11:00 Asia/Bangkok"]


def test_moments_stay_where_that_is_chosen(desk: PageClient, meeting: Meeting) -> None:
    number = agreed(meeting)
    assert desk.post(PAGE, data=said(meeting, zone="Europe/Paris", clocks="moments")).status_code == 303
    assert walls() == ["2026-03-16T03:00 Europe/Paris", "2026-03-16T04:00 Europe/Paris"]
    first = db.session.query(BilateralSlot).order_by(BilateralSlot.starts_at).limit(1).one()
    assert first.starts_at == NINE
    assert db.session.get_one(Bilateral, number).sequence == 0
    assert db.session.query(Entry).filter_by(verb="kept the moments of slots").count() == 1


def test_one_whose_hour_is_missing_or_there_twice_stays(desk: PageClient, meeting: Meeting) -> None:
    """On 29 March 2026 clocks in Paris go from 02:00 to 03:00; on 25 October clocks in Berlin go back to 02:00."""
    night = datetime(2026, 3, 28, 19, 30, tzinfo=UTC)
    with transaction():
        for row in db.session.query(BilateralSlot):
            db.session.delete(row)
    with transaction():
        for start in (night, night + HOUR):
            db.session.add(slot_at(meeting, "Table 1", start, start + HOUR / 2))
    assert desk.post(PAGE, data=said(meeting, zone="Europe/Paris", clocks="clocks")).status_code == 303
    assert walls() == ["2026-03-28T20:30 Europe/Paris", "2026-03-29T03:30 Europe/Paris"]
    autumn = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30, and an hour later 02:30 again
    with transaction():
        for start in (autumn, autumn + HOUR):
            db.session.add(slot_at(meeting, "Table 1", start, start + HOUR / 2))
    assert desk.post(PAGE, data=said(meeting, zone="Asia/Bangkok", clocks="clocks")).status_code == 303
    assert walls()[2:] == ["2026-10-25T02:30 Asia/Bangkok", "2026-10-25T08:30 Asia/Bangkok"]
    assert db.session.query(Session).count() == 0
