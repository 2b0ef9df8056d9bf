"""My registration on one page, and my calendar."""

from datetime import timedelta

import pytest
from flask import Flask
from icalendar import Calendar

from eventapp.agenda.queries import session_at
from eventapp.agenda.releases.actions import release
from eventapp.badges.actions import reissue
from eventapp.checkin.actions import undo
from eventapp.ground.db import transaction
from eventapp.home.registration import views as mine
from eventapp.links import access as gate
from eventapp.meetings.models import Meeting
from eventapp.registration import views
from eventapp.registration.actions import withdraw
from eventapp.registration.entry import calendar_token, entry_code, own_token
from eventapp.registration.models import Registration
from eventapp.registration.own import views as own
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_checkin import gate as gate_of
from tests.make_checkin import row, scanned
from tests.make_registration import confirmed


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (views, own, gate, mine):
        monkeypatch.setattr(room, "now", lambda: TODAY)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting with an open session, a closed one and one that is off."""
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S1", title="Opening for all")
    make.session(meeting, code="S2", title="Bureau alone", rule="closed", starts_at=TODAY + timedelta(days=14, hours=2))
    return meeting


def published(meeting: Meeting) -> None:
    with transaction():
        release(meeting, by=None, at=TODAY)


def summaries(client: PageClient, registration: Registration) -> list[str]:
    answer = client.get(f"/calendars/{calendar_token(registration)}.ics")
    assert answer.mimetype == "text/calendar"
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")]


def test_my_sessions_are_those_i_may_attend_or_have_a_part_in(client: PageClient, meeting: Meeting) -> None:
    guest, chair = confirmed(meeting), confirmed(meeting)
    closed = session_at(meeting, "S2")
    assert closed is not None
    make.role(closed, "chair", person_id=chair.person_id)
    published(meeting)

    assert summaries(client, guest) == ["S1 Opening for all"]
    assert summaries(client, chair) == ["S1 Opening for all", "S2 Bureau alone"]
    page = client.get(f"/registrations/{own_token(chair)}").text
    assert page.count("/record/S2/floor") == 1  # whoever leads a session finds its floor list
    assert "/record/" not in client.get(f"/registrations/{own_token(guest)}").text
    assert "Your role: Chair" in page and "All times are in Bangkok, UTC+7." in page
    assert "Bureau alone" not in client.get(f"/registrations/{own_token(guest)}").text


def test_before_the_first_version_of_an_agenda_the_calendar_can_be_subscribed_to(
    client: PageClient, meeting: Meeting
) -> None:
    registration = confirmed(meeting)
    page = client.get(f"/registrations/{own_token(registration)}").text
    assert f"/calendars/{calendar_token(registration)}.ics" in page and "once the agenda is published" in page
    answer = client.get(f"/calendars/{calendar_token(registration)}.ics")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    found = Calendar.from_ical(answer.data)
    assert (str(found["X-WR-CALNAME"]), str(found["X-WR-TIMEZONE"])) == (meeting.title, meeting.zone)
    assert found.walk("VEVENT") == []
    published(meeting)
    assert summaries(client, registration) == ["S1 Opening for all"]


def test_the_calendar_is_the_same_bytes_until_something_changes(client: PageClient, meeting: Meeting) -> None:
    registration = confirmed(meeting)
    published(meeting)
    address = f"/calendars/{calendar_token(registration)}.ics"

    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.headers["ETag"][0], first.headers["Cache-Control"]) == ('"', "private, no-cache")
    assert (again.status_code, again.data) == (304, b"")


def test_the_calendar_link_opens_nothing_else_and_can_be_replaced(client: PageClient, meeting: Meeting) -> None:
    registration = confirmed(meeting)
    published(meeting)
    old = calendar_token(registration)
    assert client.get(f"/registrations/{old}").status_code == 404
    assert client.get(f"/calendars/{own_token(registration)}.ics").status_code == 404

    client.post(f"/registrations/{own_token(registration)}/calendar-link")

    assert client.get(f"/calendars/{old}.ics").status_code == 410
    assert summaries(client, registration) == ["S1 Opening for all"]


def test_somebody_who_withdrew_has_an_empty_calendar(client: PageClient, meeting: Meeting) -> None:
    registration = confirmed(meeting)
    published(meeting)
    with transaction():
        withdraw(registration, by=registration.person, at=TODAY)

    assert summaries(client, registration) == []


def test_the_steps_of_somebody_who_withdrew_end_there(client: PageClient, meeting: Meeting) -> None:
    registration = confirmed(meeting)
    assert "At the meeting" in client.get(f"/registrations/{own_token(registration)}").text
    with transaction():
        withdraw(registration, by=None, at=TODAY)
    page = client.get(f"/registrations/{own_token(registration)}").text
    assert "<b>Withdrawn</b> <span>2 March 2026</span>" in page
    assert "At the meeting" not in page and "we write to you" not in page


def test_who_was_let_in_reads_that_they_came(client: PageClient, meeting: Meeting) -> None:
    registration, door, by = confirmed(meeting), gate_of(meeting), make.staff(meeting, "organizer")
    page, not_yet = f"/registrations/{own_token(registration)}", '<span class="vh">not yet</span>'
    assert not_yet in client.get(page).text
    came = row(scanned(door, registration.reference))
    assert not_yet not in client.get(page).text
    with transaction():
        undo(came, by=by, at=TODAY)
    assert not_yet in client.get(page).text


def test_the_entry_code_is_the_one_in_force(client: PageClient, meeting: Meeting) -> None:
    registration, by = confirmed(meeting), make.staff(meeting, "organizer")
    assert entry_code(registration) in client.get(f"/registrations/{own_token(registration)}").text

    with transaction():
        reissue(registration, "lost", by=by, at=TODAY)

    assert entry_code(registration) not in client.get(f"/registrations/{own_token(registration)}").text


def test_everything_kept_about_me_goes_along(meeting: Meeting, client: PageClient) -> None:
    registration = confirmed(meeting, dietary_needs="No peanuts", gender="woman", languages=["fr"])
    other = confirmed(meeting)
    token = own_token(registration)
    page = client.get(f"/registrations/{token}").text
    for words in ("No peanuts", "Woman", "French", registration.person.email, "Everything kept about you"):
        assert words in page

    answer = client.get(f"/registrations/{token}/everything.json")

    told = answer.get_json()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="spring-{registration.reference}.json"'
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store, private", "no-referrer")
    assert told["registration"]["answers"]["dietary_needs"] == "No peanuts"
    assert told["letters"][0]["subject"] and told["history"][0]["verb"] == "registered"
    assert told["person"]["email"] == registration.person.email and other.person.email not in answer.text


def test_who_was_never_seen_is_not_said_to_have_come(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    registration = confirmed(meeting)
    step = '<li class="todo"><b>At the meeting</b> <span>{}</span>{}</li>'
    before = client.get(f"/registrations/{own_token(registration)}").text
    assert '<span class="vh">not yet</span></li></ol>' in before
    monkeypatch.setattr(mine, "now", lambda: TODAY + timedelta(days=60))
    after = client.get(f"/registrations/{own_token(registration)}").text
    assert step.format("no arrival was recorded", "") in after
