import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from eventapp.balance.charts import women
from eventapp.balance.counting.stages import everybody
from eventapp.desk import today, views
from eventapp.desk.attention.lines import Line, Look
from eventapp.desk.attention.questions import attention
from eventapp.desk.today import today_at
from eventapp.ground.db import db, transaction
from eventapp.mail.models import FAILED, Letter
from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import SUBMITTED, Note, Revision
from eventapp.record.progress import progress_of_sessions
from eventapp.record.sessions.queries import hours_recorded
from eventapp.registration.models import PENDING, UNCONFIRMED, WAITING, Amendment
from tests import make
from tests.browserless import PageClient
from tests.counting import counted

NINE = datetime(2026, 3, 16, 2, tzinfo=UTC)  # in Bangkok, on the day of the meeting
ELEVEN = NINE + timedelta(hours=2)


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(views, "now", lambda: ELEVEN)
    return make.meeting(slug="spring", capacity=50)


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def lines(meeting: Meeting, at: datetime = ELEVEN) -> list[Line]:
    return attention(Look(meeting, at, progress_of_sessions(meeting, hours_recorded(meeting), at=at)))


def said(meeting: Meeting, at: datetime = ELEVEN) -> list[tuple[str, str, str, str]]:
    return [(line.tone, line.when, line.what, line.why) for line in lines(meeting, at)]


def note(meeting: Meeting, **facts: Any) -> Note:
    session = facts.pop("session", None) or make.session(meeting, ends_at=NINE + timedelta(hours=1))
    made = {"number": 1, "state_at": NINE, "created_at": NINE, **facts}
    role_id, off_record = made.pop("role_id", None), made.pop("off_record", False)
    row = Note(session_id=session.id, **made)
    words = Revision(
        note=row, number=1, at=NINE, kind="trend", title="A trend", text="A trend is seen.", action_lines=["C2"], goals=[9],
        countries=[], ceiling="person", figures=[], sources=[], role_id=role_id,
        off_record=off_record,
    )  # fmt: skip
    with transaction():
        db.session.add_all([row, words])
    return row


def test_a_quiet_meeting_has_nothing_that_needs_attention(desk: PageClient, meeting: Meeting) -> None:
    page = desk.get("/meetings/spring/manage/").text

    assert "Today, 11:00 (Bangkok, UTC+7)" in page
    assert "Nothing needs attention" in page
    assert "No session is planned yet." in page


def test_each_session_that_is_written_down_leads_to_its_notes(desk: PageClient, meeting: Meeting) -> None:
    make.session(meeting, code="S4", title="Radio and its listeners")
    page = desk.get("/meetings/spring/manage/").text
    assert '<a href="/meetings/spring/record/S4">' in page.replace(' lang="en"', "")


def test_only_organizers_see_today(client: PageClient, meeting: Meeting) -> None:
    assert client.sign_in(make.staff(meeting, "steward")).get("/meetings/spring/manage/").status_code == 404


def test_a_session_that_runs_unwritten_comes_first(meeting: Meeting) -> None:
    running = make.session(meeting, code="S4", starts_at=ELEVEN - timedelta(minutes=25))
    make.role(running, "rapporteur", name="Lucia Fong")
    make.registration(meeting, state=PENDING)

    assert said(meeting) == [
        ("stop", "Now", "S4 has no notes after 25 minutes", "Lucia Fong writes its record and has not begun."),
        ("wait", "Now", "1 request to register waits for a decision", "None of them has a letter on file."),
    ]
    assert said(meeting, ELEVEN + timedelta(hours=3))[0][2] == "S4 is over and has no notes"


def test_of_many_sessions_those_at_risk_and_those_nearest_to_now_are_shown(
    desk: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today, "MOST_SESSIONS", 2)
    for code, later in (("A0", -30), ("A1", 300), ("A2", 10), ("A3", 1), ("A4", 40)):
        starts = ELEVEN + timedelta(hours=later)
        session = make.session(meeting, code=code, starts_at=starts, ends_at=starts + timedelta(minutes=30))
        make.role(session, "rapporteur", name="Lucia Fong")
    page = desk.get(f"/meetings/{meeting.slug}/manage/").text
    shown = re.findall(r'class="ref">(A\d)<', page.partition('id="cov"')[2])
    assert shown == ["A0", "A3"]  # over without notes, and the next one
    assert "All 5 sessions" in page


def test_sessions_that_nobody_writes_down_are_told_two_by_name_and_the_rest_together(meeting: Meeting) -> None:
    for hour in (1, 2, 3, 4):
        make.session(meeting, code=f"S{hour}", starts_at=ELEVEN + timedelta(hours=hour))

    assert [(line.when, line.what, line.why) for line in lines(meeting)] == [
        ("12:00", "S1 has no rapporteur", "Nobody writes its record, so the report will say nothing of it."),
        ("13:00", "S2 has no rapporteur", "Nobody writes its record, so the report will say nothing of it."),
        ("14:00", "2 more sessions have no rapporteur", "S3, S4"),
    ]


def test_delegations_to_decide_about_are_told_until_the_meeting_is_over(desk: PageClient, meeting: Meeting) -> None:
    sender = make.delegation(meeting, "Telecommunication Union")
    for _two in range(2):
        make.registration(meeting, delegation=sender, delegation_role="HOD")
    assert [(line.tone, line.what) for line in lines(meeting)] == [
        ("wait", "1 delegation cannot be accredited as it is")
    ]
    assert "delegations?tab=decide" in desk.get("/meetings/spring/manage/").text
    assert lines(meeting, ELEVEN + timedelta(days=30)) == []


def test_notes_that_wait_invitations_changes_and_lost_emails_are_told(meeting: Meeting) -> None:
    session = make.session(meeting, code="S2", ends_at=NINE + timedelta(hours=1))
    make.role(session, "rapporteur")
    note(meeting, session=session, state=SUBMITTED)
    note(meeting, session=session, state=SUBMITTED, number=2, off_record=True)  # nobody can clear it
    later = make.session(meeting, code="S5", starts_at=ELEVEN + timedelta(hours=2))
    make.role(later, "rapporteur")
    make.role(later, "speaker", name="Ada Byron", state="invited")
    registration = make.registration(meeting)
    with transaction():
        db.session.add(Amendment(registration_id=registration.id, changes={}, asked_at=NINE))
        db.session.add(
            Letter(
                meeting_id=meeting.id, to="a@example.org", subject="S", text="", html="", kind="k", message_id="<1@e>",
                posted_at=NINE, due_at=NINE, state=FAILED, last_error="Mailbox full",
            )
        )  # fmt: skip

    assert [(line.tone, line.what, line.why) for line in lines(meeting)] == [
        (
            "wait",
            "S2 waits to be cleared",
            "1 note was handed in. A report cannot use it until it is confirmed or approved.",
        ),
        ("wait", "1 person changed an approved registration", "Their old details hold until you accept the new ones."),
        ("wait", "1 person has not said whether they will speak", "Ada Byron (S5)"),
        ("off", "1 email did not leave", "Mailbox full (1)"),
        (
            "off",
            "1 role is somebody’s without an address",
            "Nobody can invite them, and their registration is not found.",
        ),
    ]
    assert lines(meeting)[0].endpoint == "record_manage.index"  # where notes are cleared
    assert lines(meeting)[0].values == {"_anchor": f"s-{session.id}"}


def test_a_part_that_was_declined_is_told_until_it_is_taken_back(meeting: Meeting) -> None:
    session = make.session(meeting, code="S5", starts_at=ELEVEN + timedelta(hours=2))
    make.role(session, "rapporteur")
    role = make.role(session, "speaker", name="Ada Byron", state="declined")
    make.role(make.session(meeting, code="S1", starts_at=NINE - timedelta(hours=3)), "rapporteur", state="declined")

    found = [line for line in lines(meeting) if "declined" in line.what]
    with transaction():
        role.ended_at = NINE

    said = "Ada Byron (S5). Remove the role, then ask somebody else."
    assert [(line.what, line.why, line.values["code"]) for line in found] == [("1 person declined a role", said, "S5")]
    assert [line for line in lines(meeting) if "declined" in line.what] == []


def test_at_most_seven_lines_are_shown_and_the_rest_is_counted(desk: PageClient, meeting: Meeting) -> None:
    for number in range(9):
        session = make.session(meeting, starts_at=NINE + timedelta(minutes=number))
        make.role(session, "rapporteur")

    today = today_at(meeting, ELEVEN)
    assert (len(today.lines), today.more) == (7, 2)
    assert "2 more lines follow when one of these is done." in desk.get("/meetings/spring/manage/").text


def test_people_are_counted_from_nominated_to_cited(meeting: Meeting) -> None:
    government = make.category(meeting, stakeholder_type="government")
    society = make.category(meeting, stakeholder_type="civil-society")
    ada = make.registration(meeting, category=government, gender="woman", country="THA")
    make.registration(meeting, category=government, state=PENDING, gender="man", country="FRA")
    make.registration(meeting, category=society, state=UNCONFIRMED, country="KEN")
    make.registration(meeting, category=society, state=WAITING, waiting_since=NINE)
    session = make.session(meeting)
    make.role(session, "speaker", person_id=ada.person_id)

    found = everybody(meeting, at=ELEVEN).by("stakeholder")
    assert [(group.label, list(group.counts.values())) for group in found.groups] == [
        ("Government", [2, 2, 1, 0, 1, 0]),
        ("Civil society", [2, 1, 0, 0, 0, 0]),
    ]
    assert list(found.total.counts.values()) == [4, 3, 1, 0, 1, 0]
    assert found.top == 2
    assert [group.label for group in everybody(meeting, at=ELEVEN).by("subregion").groups] == [
        "South-East Asia",
        "Outside the region",
        "No country stated",
    ]
    by_gender = everybody(meeting, at=ELEVEN).by("gender")
    assert [(group.label, group.counts["nominated"]) for group in by_gender.groups] == [
        ("Women", 1), ("Men", 1), ("Other or not stated", 2),
    ]  # fmt: skip
    chart = women(by_gender)
    assert chart is not None
    assert chart.scale == ((150, 0), (90, 50), (30, 100))
    assert [(share.label, share.women, share.people, share.percent) for share in chart.shares] == [
        ("Nominated", 1, 4, 25), ("Registered", 1, 3, 33), ("Approved", 1, 1, 100), ("Spoke", 1, 1, 100),
    ]  # fmt: skip


def test_nobody_has_spoken_before_the_session_began(meeting: Meeting) -> None:
    ada = make.registration(meeting)
    make.role(make.session(meeting), "speaker", person_id=ada.person_id)

    assert everybody(meeting, at=NINE - timedelta(minutes=1)).by("gender").total.counts["spoke"] == 0
    assert women(everybody(meeting, at=NINE).by("gender")) is None


@pytest.mark.parametrize("by", ["stakeholder", "subregion", "countries", "gender", "nonsense"])
def test_the_page_shows_every_breakdown(desk: PageClient, meeting: Meeting, by: str) -> None:
    make.registration(meeting, gender="woman", country="THA")
    make.registration(meeting, gender="man")

    page = desk.get(f"/meetings/spring/manage/?by={by}")
    assert page.status_code == 200
    assert "2 people are approved." in page.text


def test_the_page_asks_the_database_as_often_for_thirty_people_as_for_one(desk: PageClient, meeting: Meeting) -> None:
    def grow() -> None:
        category = make.category(meeting)
        make.registration(meeting, category=category)
        session = make.session(meeting)
        make.role(session, "rapporteur")
        note(meeting, session=session, state=SUBMITTED)

    grow()
    with counted() as first:
        desk.get("/meetings/spring/manage/")
    for _ in range(5):
        grow()
    with counted() as then:
        desk.get("/meetings/spring/manage/")
    assert len(then) == len(first)
