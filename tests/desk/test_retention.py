"""How long personal data of a meeting is kept: changed in Settings, and obeyed by what time does."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventapp.balance.models import Nominee
from eventapp.desk.retention import manage
from eventapp.desk.retention.queries import count_of_each
from eventapp.desk.starting.actions import NOT_IN_FILES
from eventapp.desk.starting.content import AT_FIRST
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.refusal import Refused
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import Faulty, read
from eventapp.meeting_file.writer import write
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.actions import copy_retention
from eventapp.meetings.retention.queries import days_of, goes_on, meetings_due
from eventapp.meetings.retention.sorts import SORTS
from eventapp.registration.jobs import JOBS
from eventapp.registration.models import PHOTO, Registration, Upload
from eventapp.registration.tags.models import OrganizerNote
from tests import make
from tests.browserless import PageClient
from tests.make_registration import confirmed

PAGE = "/meetings/spring/manage/settings/retention"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(manage, "now", lambda: make.TODAY)
    return make.meeting(slug="spring")


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


@pytest.fixture
def guest(meeting: Meeting) -> Registration:
    """Somebody with a telephone, needs, a photograph and a note of an organizer."""
    registration = confirmed(meeting, phone="+66 2 288 1234", dietary_needs="No peanuts")
    make.kept(
        Upload(
            registration_id=registration.id, kind=PHOTO, content_type="image/jpeg", content=b"x", sha256="0" * 64,
            given_name="Anong.jpg", uploaded_at=make.TODAY,
        )
    )  # fmt: skip
    make.kept(OrganizerNote(registration_id=registration.id, text="Calls back.", at=make.TODAY))
    listed = {"key": "ada", "name": "Ada", "delegation": "Bhutan", "stakeholder_type": "government"}
    make.kept(Nominee(meeting_id=meeting.id, added_at=make.TODAY, **listed))
    return registration


def typed(desk: PageClient, **days: Any) -> dict[str, Any]:
    """The form as somebody sends it after reading it."""
    seen = desk.get(PAGE).text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    return {"seen": seen, **dict.fromkeys(SORTS, "30"), **days}


def kept(meeting: Meeting) -> dict[str, int]:
    db.session.rollback()
    return {sort: number for sort, number in count_of_each(meeting).items() if number}


def test_the_page_says_what_goes_when(desk: PageClient, meeting: Meeting, guest: Registration) -> None:
    page = desk.get(PAGE).text
    assert goes_on(meeting, "phones") == meeting.ends_on + timedelta(days=31)
    assert "On 16 April 2026: 1 telephone number, the needs of 1 person, 1 photograph" in page
    assert "Usually 30, at most 90." in page


def test_each_sort_goes_on_its_own_day(desk: PageClient, meeting: Meeting, guest: Registration) -> None:
    assert desk.post(PAGE, data=typed(desk, phones="5", photos="0", remarks="60")).status_code == 303
    db.session.expire_all()
    assert meeting.retention == {"phones": 5, "photos": 0, "remarks": 60}
    last = make.TODAY.replace(year=meeting.ends_on.year, month=meeting.ends_on.month, day=meeting.ends_on.day)
    work_through(JOBS, at=last)
    assert set(kept(meeting)) == {"phones", "needs", "photos", "remarks", "nominees"}
    work_through(JOBS, at=last + timedelta(days=1))
    assert set(kept(meeting)) == {"phones", "needs", "remarks", "nominees"}
    work_through(JOBS, at=last + timedelta(days=6))
    assert set(kept(meeting)) == {"needs", "remarks", "nominees"}
    work_through(JOBS, at=last + timedelta(days=32))
    assert set(kept(meeting)) == {"remarks", "nominees"}
    work_through(JOBS, at=last + timedelta(days=61))
    assert set(kept(meeting)) == {"nominees"}
    assert meeting.id in meetings_due(last + timedelta(days=32))["nominees"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"needs": "91"}, "Write 0 to 90 days."),
        ({"phones": "-1"}, "Write a whole number, in figures."),
        ({"phones": ""}, "Write how many days."),
        ({"phones": "9" * 100_000}, "Write"),
    ],
)
def test_what_is_out_of_bounds_is_refused_beside_its_field(
    desk: PageClient, meeting: Meeting, wrong: dict[str, str], says: str
) -> None:
    answer = desk.post(PAGE, data=typed(desk, letters="77", **wrong))
    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="77"' in answer.text
    db.session.expire_all()
    assert meeting.retention == {}


def test_what_would_go_today_is_asked_about_first(
    desk: PageClient, meeting: Meeting, guest: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting.starts_on = meeting.ends_on = make.TODAY.date() - timedelta(days=10)
    db.session.commit()
    fields = typed(desk, phones="3")
    answer = desk.post(PAGE, data=fields)
    assert answer.status_code == 422
    assert "may be deleted today: 1 telephone number." in answer.text
    assert desk.post(PAGE, data={**fields, "at_once": "y"}).status_code == 303
    assert "Within the hour: 1 telephone number." in desk.get(PAGE).text


def test_the_first_of_two_who_change_it_wins_and_the_second_sees_both(desk: PageClient, meeting: Meeting) -> None:
    first, second = typed(desk, phones="7"), typed(desk, phones="9")
    assert desk.post(PAGE, data=first).status_code == 303
    answer = desk.post(PAGE, data=second)
    assert answer.status_code == 409
    assert "Somebody changed this meanwhile" in answer.text
    db.session.expire_all()
    assert days_of(meeting, "phones") == 7


def test_a_copy_keeps_as_long(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data=typed(desk, phones="7"))
    other = make.meeting(slug="next")
    with transaction():
        copy_retention(meeting, other, by=None, at=make.TODAY)
    assert other.retention == {"phones": 7}
    assert "retention" in AT_FIRST
    assert NOT_IN_FILES["retention"] is copy_retention


def test_a_meeting_file_says_the_days_and_asks_for_settings_before_it_deletes(meeting: Meeting) -> None:
    with transaction():
        meeting.retention = {"photos": 60}
    text = write(content_of(meeting))
    with transaction():
        meeting.retention = {}
    with transaction():
        assert [str(one) for one in load(read(text), by=None, at=make.TODAY)] == ["retention photos: added"]
    assert days_of(meeting, "photos") == 60
    assert load(read(text), by=None, at=make.TODAY) == []
    with pytest.raises(Faulty) as found:
        read(text.replace("days: 60", "days: 500"))
    assert any("“photos” may be kept for 0 to 180 days" in str(one) for one in found.value.faults)
    later = make.TODAY + timedelta(days=60)
    with pytest.raises(Refused, match="would delete today: Photographs"), transaction():
        load(read(text.replace("days: 60", "days: 5")), by=None, at=later)
    assert days_of(meeting, "photos") == 60
