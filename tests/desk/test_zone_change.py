"""A meeting gets another time zone: the page asks whether what was planned keeps its times or its moments."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.agenda.zones.queries import newly_off
from eventapp.announcements.models import COMING, Announcement
from eventapp.desk import manage
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.queries import content_of
from eventapp.meetings.models import Meeting
from tests import make
from tests.browserless import PageClient
from tests.desk.test_manage import said
from tests.make_agenda import NINE

PAGE = "/meetings/spring/manage/settings/meeting"
PARIS, BANGKOK = ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Bangkok")
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """Two sessions, at 9:00 and 10:00 in Bangkok."""
    monkeypatch.setattr(manage, "now", lambda: make.TODAY)
    meeting = make.meeting(slug="spring")
    for number in range(2):
        make.session(meeting, code=f"S{number}", starts_at=NINE + number * HOUR, ends_at=NINE + (number + 1) * HOUR)
    return meeting


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, "organizer"))


def shown(code: str, zone: ZoneInfo) -> str:
    db.session.expire_all()
    session = db.session.query(Session).filter_by(code=code).one()
    return f"{session.starts_at.astimezone(zone):%m-%d %H:%M}"


def test_the_page_asks_and_changes_nothing_before_it_knows(desk: PageClient, meeting: Meeting) -> None:
    assert "What was planned already" not in desk.get(PAGE).text
    answer = desk.post(PAGE, data=said(meeting, zone="Europe/Paris"))
    assert answer.status_code == 422 and "2 sessions are planned in Asia/Bangkok." in answer.text
    assert "Choose what becomes of what was planned." in answer.text
    db.session.expire_all()
    assert meeting.zone == "Asia/Bangkok" and shown("S0", BANGKOK) == "03-16 09:00"


def test_nine_stays_nine_in_the_new_zone(desk: PageClient, meeting: Meeting) -> None:
    times = {"starts_at": NINE, "ends_at": NINE + HOUR, "written_at": make.TODAY}
    row = make.kept(Announcement(meeting_id=meeting.id, texts={"en": {"text": "Lunch"}}, state=COMING, **times))
    assert desk.post(PAGE, data=said(meeting, zone="Europe/Paris", clocks="clocks")).status_code == 303
    assert (shown("S0", PARIS), shown("S1", PARIS)) == ("03-16 09:00", "03-16 10:00")
    session = db.session.query(Session).filter_by(code="S0").one()
    assert (session.wall_starts, session.wall_zone, session.sequence) == ("2026-03-16T09:00", "Europe/Paris", 1)
    assert list(newly_off(make.TODAY)) == [], "the comparison with newer rules finds nothing"
    assert f"{row.starts_at.astimezone(PARIS):%H:%M}" == "09:00"
    entry = db.session.query(Entry).filter_by(verb="kept the clocks of sessions in another zone").one()
    assert entry.meeting_id == meeting.id
    opens = meeting.registration_opens_at.astimezone(PARIS)
    assert f"{opens:%H:%M}" == "09:00", "registration opens at the time that the form says"


def test_the_moments_stay_where_that_is_chosen(desk: PageClient, meeting: Meeting) -> None:
    opens = meeting.registration_opens_at
    form = said(meeting, zone="Europe/Paris", clocks="moments")
    form["registration_opens_at"] = f"{opens.astimezone(BANGKOK):%Y-%m-%d %H:%M}"
    assert desk.post(PAGE, data=form).status_code == 303
    assert shown("S0", BANGKOK) == "03-16 09:00"
    session = db.session.query(Session).filter_by(code="S0").one()
    assert (session.wall_starts, session.wall_zone, session.sequence) == ("2026-03-16T03:00", "Europe/Paris", 0)
    assert meeting.registration_opens_at == opens


def test_an_hour_that_the_zone_does_not_have_is_named(desk: PageClient, meeting: Meeting) -> None:
    """On 29 March 2026 clocks in Paris go from 02:00 to 03:00."""
    night = datetime(2026, 3, 28, 19, 30, tzinfo=UTC)
    make.session(meeting, code="LATE", starts_at=night, ends_at=night + HOUR)
    answer = desk.post(PAGE, data=said(meeting, zone="Europe/Paris", clocks="clocks"))
    assert answer.status_code == 422 and "at the hour of LATE: it does not exist there" in answer.text
    assert shown("S0", BANGKOK) == "03-16 09:00"
    assert desk.post(PAGE, data=said(meeting, zone="Europe/Paris", clocks="moments")).status_code == 303


def test_an_hour_that_the_zone_has_twice_is_asked_about(desk: PageClient, meeting: Meeting) -> None:
    """On 25 October 2026 clocks in Paris go from 03:00 to 02:00."""
    night = datetime(2026, 10, 24, 19, 30, tzinfo=UTC)
    make.session(meeting, code="LATE", starts_at=night, ends_at=night + 3 * HOUR)
    form = said(meeting, zone="Europe/Paris", clocks="clocks")
    answer = desk.post(PAGE, data=form)
    assert answer.status_code == 422 and "The hour of LATE comes twice there." in answer.text
    assert desk.post(PAGE, data={**form, "twice": "second"}).status_code == 303
    db.session.expire_all()
    late = db.session.query(Session).filter_by(code="LATE").one()
    assert late.starts_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC) and late.wall_starts == "2026-10-25T02:30/2"


def test_a_meeting_without_sessions_is_not_asked(desk: PageClient, meeting: Meeting) -> None:
    with transaction():
        db.session.query(Session).delete()
    assert desk.post(PAGE, data=said(meeting, zone="Europe/Paris")).status_code == 303


def test_a_file_in_another_zone_leaves_what_clocks_show_there(meeting: Meeting) -> None:
    with transaction():
        load(replace(content_of(meeting), zone="Europe/Paris"), by=None, at=make.TODAY)
    session = db.session.query(Session).filter_by(code="S0").one()
    assert (session.wall_starts, session.wall_zone) == ("2026-03-16T03:00", "Europe/Paris")
