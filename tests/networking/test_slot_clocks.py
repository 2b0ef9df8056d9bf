"""Slots follow newer rules of their zone as sessions do: told to organizers, put back or left, and in calendars."""

from datetime import date, time, timedelta

import pytest

from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.networking.bilaterals.actions import accept, ask
from eventapp.networking.bilaterals.models import Bilateral, BilateralSlot
from eventapp.networking.slots import jobs
from eventapp.networking.slots.actions import Opening, open_slots, slot_at
from eventapp.networking.slots.queries import count_off_wall
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import NINE

SLOTS = "/meetings/spring/manage/settings/networking/slots"
HOUR = timedelta(hours=1)


@pytest.fixture
def slots(meeting: Meeting) -> None:
    """Nine to eleven at one table, an hour each."""
    jobs.compared_on.clear()
    with transaction():
        wanted = Opening(("Table 1",), date(2026, 3, 16), time(9), time(11), 60)
        open_slots(meeting, wanted, by=None, at=TODAY)


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


def other_rules(hours: int) -> None:
    """The moments are as if clocks had been other ones when they were worked out; moved so that none meets another."""
    rows = db.session.query(BilateralSlot).order_by(BilateralSlot.starts_at).all()
    with transaction():
        for number in [one.id for one in (rows if hours < 0 else rows[::-1])]:
            row = db.session.get_one(BilateralSlot, number)
            row.starts_at, row.ends_at = row.starts_at + hours * HOUR, row.ends_at + hours * HOUR
            db.session.flush()


def starts() -> list[float]:
    """When the slots begin, in hours from nine."""
    db.session.expire_all()
    rows = db.session.query(BilateralSlot).order_by(BilateralSlot.starts_at)
    return [(one.starts_at - NINE) / HOUR for one in rows]


@pytest.mark.parametrize("hours", [-1, 1])
def test_newer_rules_are_told_and_slots_are_put_back(
    desk: PageClient, meeting: Meeting, ada: Registration, grace: Registration, slots: None, hours: int
) -> None:
    with transaction():
        slot = db.session.query(BilateralSlot).order_by(BilateralSlot.starts_at).limit(1).one()
        one = ask(ada, grace, "About ports.", slot, at=TODAY)
    with transaction():
        accept(one, grace, at=TODAY)
    assert work_through(jobs.JOBS, at=TODAY) == {}
    other_rules(hours)
    assert work_through(jobs.JOBS, at=TODAY) == {}, "compared once a day"
    assert work_through(jobs.JOBS, at=TODAY + timedelta(days=1)) == {"compare slots with time zones": 2}
    assert "2 slots show other times than they were opened for" in desk.get("/meetings/spring/manage/").text
    page = desk.get(SLOTS).text
    assert "2 slots show other times" in page and "shown now:" in page
    assert starts() == [hours, hours + 1]
    assert desk.post(f"{SLOTS}/clocks/planned").status_code == 303
    assert starts() == [0, 1]
    db.session.expire_all()
    row = db.session.get_one(Bilateral, one.id)
    assert row.sequence == 1, "calendars hear of it"
    assert "show other times" not in desk.get(SLOTS).text + desk.get("/meetings/spring/manage/").text
    assert work_through(jobs.JOBS, at=TODAY + timedelta(days=2)) == {}


def test_an_organizer_may_leave_them_as_shown(desk: PageClient, meeting: Meeting, slots: None) -> None:
    other_rules(1)
    work_through(jobs.JOBS, at=TODAY)
    desk.post(f"{SLOTS}/clocks/shown")
    assert (starts(), count_off_wall(meeting)) == ([1, 2], 0)
    assert work_through(jobs.JOBS, at=TODAY + timedelta(days=1)) == {}


def test_where_another_slot_begins_meanwhile_those_behind_it_stay(
    desk: PageClient, meeting: Meeting, slots: None
) -> None:
    other_rules(-1)  # at eight and nine; planned for nine and ten
    make.kept(slot_at(meeting, "Table 1", NINE + HOUR, NINE + 2 * HOUR))
    work_through(jobs.JOBS, at=TODAY)
    assert desk.post(f"{SLOTS}/clocks/planned").status_code == 303
    assert (starts(), count_off_wall(meeting)) == ([-1, 0, 1], 2)
    assert "2 slots stay: others begin there then." in desk.get(SLOTS).text


def test_what_is_over_is_left(meeting: Meeting, slots: None) -> None:
    other_rules(1)
    assert work_through(jobs.JOBS, at=NINE + timedelta(days=1)) == {}
