"""How long personal data of a meeting is kept: changed in Settings, and obeyed by what time does."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.agenda.availability.models import Availability
from eventapp.balance.jobs import JOBS as BALANCE_JOBS
from eventapp.balance.models import Nominee
from eventapp.desk.retention import manage
from eventapp.desk.retention.queries import count_of_each
from eventapp.desk.starting.actions import NOT_IN_FILES
from eventapp.desk.starting.content import AT_FIRST
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.refusal import Refused
from eventapp.mail.models import SENT
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import Faulty, read
from eventapp.meeting_file.writer import write
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.actions import copy_retention
from eventapp.meetings.retention.deletions import count_deleted
from eventapp.meetings.retention.jobs import JOBS as EMAIL_JOBS
from eventapp.meetings.retention.models import Deletion
from eventapp.meetings.retention.queries import days_of, goes_on, meetings_due
from eventapp.meetings.retention.sorts import SORTS
from eventapp.registration.answers.models import Answer
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.jobs import JOBS
from eventapp.registration.models import PHOTO, Registration, Upload
from eventapp.registration.tags.models import OrganizerNote
from eventapp.registration.uploads.retention import forget_now
from tests import make, make_mail
from tests.browserless import PageClient
from tests.counting import counted
from tests.make_questions import question
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
    listed = {"key": "ada", "name": "Ada Byron", "delegation": "Bhutan", "stakeholder_type": "government"}
    make.kept(Nominee(meeting_id=meeting.id, added_at=make.TODAY, **listed))
    return registration


def typed(desk: PageClient, **days: Any) -> dict[str, Any]:
    """The form as somebody sends it after reading it."""
    seen = desk.get(PAGE).text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    return {"seen": seen, **{sort: str(one.usual) for sort, one in SORTS.items()}, **days}


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


def test_the_plan_names_each_field_invitations_and_when_people_can_take_part(
    desk: PageClient, meeting: Meeting, guest: Registration
) -> None:
    said = {"job_title": "Director", "organization": "Ministry", "gender": "woman", "languages": ["ar"]}
    with transaction():
        for name, value in said.items():
            setattr(guest, name, value)
    make.kept(Availability(meeting_id=meeting.id, person_id=guest.person_id, days=[], answered_at=make.TODAY))
    facts = {"category_id": guest.category_id, "skips_approval": False, "invited_at": make.TODAY}
    make.kept(Invitation(meeting_id=meeting.id, family_name="Tabai", email="ane@example.org", **facts))
    used = make.kept(Invitation(meeting_id=meeting.id, family_name="Lin", email="mei@example.org", **facts))
    with transaction():
        guest.invitation_id = used.id
    page = desk.get(PAGE).text
    soon, late = page.split("On 16 April 2026: ")[1], page.split("On 16 March 2028: ")[1]
    for words in ("the languages of 1 person", "1 invitation of somebody", "when 1 person can take part"):
        assert words in soon.split("</p>")[0]
    assert late.startswith("1 job title, the ministry or unit of 1 person, the gender of 1 person.")
    assert "Usually 730, at most 3650." in page
    with transaction():
        meeting.retention = {"needs": 3}
    assert "On 20 March 2026: the needs of 1 person, when 1 person can take part." in desk.get(PAGE).text


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


def last_moment(meeting: Meeting) -> datetime:
    return make.TODAY.replace(year=meeting.ends_on.year, month=meeting.ends_on.month, day=meeting.ends_on.day)


def test_the_plan_names_questions_with_days_of_their_own_and_emails(
    desk: PageClient, meeting: Meeting, guest: Registration
) -> None:
    asked = question(meeting, label={"en": "Your hotel"}, is_personal=True, retention_days=7)
    make.kept(Answer(registration=guest, question=asked, wording=asked.wording, at=make.TODAY, text="Siam"))
    for days in (0, 3):
        row = make_mail.letter(meeting_id=meeting.id, at=make.TODAY + timedelta(days=days))
        with transaction():
            row.state = SENT
    make_mail.letter(meeting_id=make.meeting(slug="other").id)
    page = desk.get(PAGE).text
    assert "On 24 March 2026: 1 personal answer or file to “Your hotel”." in page
    assert "the text of 2 emails." in page and "From 31 May 2026 to 3 June 2026:" in page


def test_what_went_is_reported_in_the_numbers_of_the_plan(
    desk: PageClient, meeting: Meeting, guest: Registration
) -> None:
    assert "Nothing was deleted yet." in desk.get(f"{PAGE}/deleted").text
    planned = kept(meeting)
    work_through((*JOBS, *BALANCE_JOBS), at=last_moment(meeting) + timedelta(days=32))
    assert kept(meeting) == {}
    rows = db.session.execute(select(Deletion.sort, func.sum(Deletion.number)).group_by(Deletion.sort)).all()
    assert dict(rows) == planned
    page = desk.get(f"{PAGE}/deleted").text
    assert "On 17 April 2026:" in page
    assert "1 telephone number" in page and "the needs of 1 person" in page and "1 nominee" in page
    assert "Ada Byron" not in page and "Anong" not in page


def test_the_report_counts_emails_and_what_an_organizer_deletes(
    desk: PageClient, meeting: Meeting, guest: Registration
) -> None:
    row = make_mail.letter(meeting_id=meeting.id)
    with transaction():
        row.state = SENT
    with transaction():
        forget_now(guest, by=None, at=make.TODAY)
    work_through(EMAIL_JOBS, at=make.TODAY + timedelta(days=91))
    page = desk.get(f"{PAGE}/deleted").text
    assert "the text of 1 email." in page and "1 photograph" in page
    assert "Within the hour" not in desk.get(PAGE).text


def test_the_report_is_read_page_by_page(desk: PageClient, meeting: Meeting) -> None:
    for day in range(60):
        with transaction():
            count_deleted(meeting, {"phones": 2}, at=make.TODAY + timedelta(days=day))
            count_deleted(meeting, {"phones": 3}, at=make.TODAY + timedelta(days=day))
    assert db.session.query(Deletion).count() == 60
    with counted() as many:
        page = desk.get(f"{PAGE}/deleted").text
    assert page.count("5 telephone numbers") == 50
    assert desk.get(f"{PAGE}/deleted?page=2").text.count("5 telephone numbers") == 10
    assert len(many) < 20
    assert desk.get("/meetings/spring/manage/settings/retention/deleted?page=x").status_code == 200


def test_nothing_counts_for_another_meeting(desk: PageClient, meeting: Meeting) -> None:
    other = make.meeting(slug="other")
    with transaction():
        count_deleted(other, {"phones": 2}, at=make.TODAY)
    assert "Nothing was deleted yet." in desk.get(f"{PAGE}/deleted").text
