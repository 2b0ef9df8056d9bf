"""Each field of a registration that the record need not keep goes on a day of its own, with what else said it."""

from datetime import date, timedelta
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import select

from config import ROOT
from eventapp.balance.jobs import JOBS as BALANCE_JOBS
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.history.actions import record
from eventapp.history.chain import verify
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.actions import change_retention
from eventapp.meetings.retention.models import Deletion
from eventapp.meetings.retention.queries import goes_on
from eventapp.official_list.actions import issue
from eventapp.official_list.models import ListLine
from eventapp.registration.jobs import JOBS
from eventapp.registration.models import Amendment, Registration
from eventapp.registration.uploads.retention import forget_now, has_private
from tests import make
from tests.make import TODAY
from tests.make_registration import confirmed

ALL_JOBS = (*BALANCE_JOBS, *JOBS)
LAST = TODAY + timedelta(days=14)  # of the meeting
SAID: dict[str, Any] = {
    "languages": ["ar", "fr"], "job_title": "Deputy Director", "organization": "Ministry of Tides", "gender": "woman",
}  # fmt: skip


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def guest(meeting: Meeting) -> Registration:
    """Somebody who changed their title after approval, and asked for another unit."""
    guest = confirmed(meeting, lists_name=True, **SAID)
    asked = {"job_title": ["Deputy Director", "Director"], "record_name": ["Ane", "Ane Tabai"]}
    make.kept(Amendment(registration_id=guest.id, changes=asked, asked_at=TODAY, decided_at=TODAY, accepted=True))
    make.kept(Amendment(registration_id=guest.id, changes={"organization": ["", "Ministry of Tides"]}, asked_at=TODAY))
    with transaction():
        changes = {
            "gender": ["man", "woman"],
            "languages": [["fr"], ["ar", "fr"]],
            "job_title": ["", "Deputy Director"],
        }
        record("changed registration", guest, by=None, at=TODAY, changes={**changes, "country": ["", "KIR"]})
    return guest


def pass_days(days: int) -> None:
    work_through(ALL_JOBS, at=LAST + timedelta(days=days))
    db.session.expire_all()


def said(guest: Registration) -> set[str]:
    db.session.rollback()
    return {name for name in SAID if getattr(guest, name)}


def changes_in_history(guest: Registration) -> Any:
    line = select(Entry).where(Entry.thing_id == guest.id, Entry.verb == "changed registration")
    return db.session.scalars(line).one().detail["changes"]


def test_each_field_goes_on_its_own_day(meeting: Meeting, guest: Registration) -> None:
    with transaction():
        change_retention(meeting, {"languages": 5, "titles": 10, "units": 20, "gender": 40}, by=None, at=TODAY)
    for day, left in (
        (5, set(SAID)),
        (6, {"job_title", "organization", "gender"}),
        (11, {"organization", "gender"}),
        (21, {"gender"}),
        (41, set()),
    ):
        pass_days(day)
        assert said(guest) == left, day
    rows = db.session.execute(select(Deletion.sort, Deletion.number, Deletion.origin)).all()
    assert {tuple(row) for row in rows} == {(sort, 1, "meeting") for sort in ("languages", "titles", "units", "gender")}
    assert work_through(ALL_JOBS, at=LAST + timedelta(days=42)) == {}


def test_what_is_usual(meeting: Meeting, guest: Registration) -> None:
    pass_days(31)
    assert said(guest) == {"job_title", "organization", "gender"}
    pass_days(730)
    assert said(guest) == {"job_title", "organization", "gender"}
    pass_days(731)
    assert said(guest) == set()
    assert (guest.record_name[:5], guest.state, guest.delegation.name != "") == ("Ms. A", "approved", True)


def test_what_was_asked_for_and_what_history_said_goes_with_it(meeting: Meeting, guest: Registration) -> None:
    with transaction():
        guest.search_text = "ane ministry of tides"
    pass_days(731)
    first, second = db.session.scalars(select(Amendment).order_by(Amendment.id)).all()
    assert first.changes == {"record_name": ["Ane", "Ane Tabai"]} and first.accepted
    assert (second.changes, second.accepted, second.decided_at) == ({}, False, LAST + timedelta(days=731))
    assert changes_in_history(guest) == {
        "gender": None, "languages": None, "job_title": None, "country": ["", "KIR"],
    }  # fmt: skip
    assert "tides" not in guest.search_text and guest.search_text
    assert verify() == []


def test_a_change_is_enough_to_be_forgotten(meeting: Meeting, guest: Registration) -> None:
    """Where the field itself is empty by now."""
    with transaction():
        guest.job_title = guest.organization = ""
    pass_days(731)
    assert "Director" not in str([one.changes for one in db.session.scalars(select(Amendment))])
    assert {row[0] for row in db.session.execute(select(Deletion.sort))} == {"languages", "gender"}


def test_by_hand_goes_what_served_the_meeting_alone(meeting: Meeting, guest: Registration) -> None:
    assert has_private(guest)
    with transaction():
        forget_now(guest, by=None, at=TODAY)
    assert said(guest) == {"job_title", "organization", "gender"}
    assert not has_private(guest)


def test_a_list_that_was_issued_keeps_what_it_says(meeting: Meeting, guest: Registration) -> None:
    with transaction():
        issue(meeting, is_final=False, remark="", seen=0, by=None, at=TODAY)
    pass_days(731)
    [line] = db.session.scalars(select(ListLine)).all()
    assert (line.title, line.organization) == ("Deputy Director", "Ministry of Tides")


def test_what_was_kept_for_ever_before_waits_until_organizers_have_seen_the_plan(
    meeting: Meeting, guest: Registration
) -> None:
    """A meeting that was there when a release gave these fields days."""
    first = (LAST + timedelta(days=800)).date()
    with transaction():
        meeting.terms_from, guest.phone = first, "+66 2 288 1234"
    assert {goes_on(meeting, sort) for sort in ("languages", "titles", "units", "gender", "invitations")} == {first}
    assert goes_on(meeting, "phones") == date(2026, 4, 16)
    pass_days(799)
    assert said(guest) == set(SAID) and guest.phone == ""
    pass_days(800)
    assert said(guest) == set()


def test_the_upgrade_gives_every_meeting_that_is_there_thirty_days(fresh_app: Flask) -> None:
    number = make.meeting(slug="spring").id
    migrations = str(ROOT / "migrations")
    db.session.remove()
    flask_migrate.downgrade(directory=migrations, revision="0169-1")
    before = now().date()
    flask_migrate.upgrade(directory=migrations)
    later = make.meeting(slug="later")
    days = db.session.get_one(Meeting, number).terms_from
    assert days is not None and before + timedelta(days=30) <= days <= now().date() + timedelta(days=30)
    assert later.terms_from is None
