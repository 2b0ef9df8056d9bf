"""What was planned for ten o'clock stays at ten o'clock where the rules of a zone change; finding 39."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from eventapp.agenda import manage
from eventapp.agenda.models import Session
from eventapp.agenda.sessions.actions import create_session
from eventapp.agenda.sessions.wall import moment_on, shown
from eventapp.agenda.zones import jobs
from eventapp.agenda.zones.queries import count_off_wall
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.meetings.models import Meeting
from tests import make
from tests.agenda.test_manage import AGENDA, the_session, typed
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import NINE, facts

CLOCKS = f"{AGENDA}/clocks"
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(manage, "now", lambda: TODAY)
    jobs.compared_on.clear()
    return make.meeting(slug="spring")


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def other_rules(session: Session) -> None:
    """The moment is as if clocks had been an hour ahead when it was worked out: newer rules show it an hour earlier."""
    with transaction():
        row = db.session.get_one(Session, session.id)
        row.starts_at, row.ends_at = row.starts_at - timedelta(hours=1), row.ends_at - timedelta(hours=1)


def made(meeting: Meeting, code: str = "S1", **more: object) -> Session:
    with transaction():
        return create_session(meeting, code, facts(**more), by=None, at=TODAY)


def test_a_session_has_what_clocks_show(desk: PageClient, meeting: Meeting) -> None:
    desk.post(f"{AGENDA}/", data=typed())
    session = the_session()
    assert (session.wall_starts, session.wall_ends) == ("2026-03-16T10:45", "2026-03-16T12:15")
    assert session.wall_zone == "Asia/Bangkok"
    desk.post(f"{AGENDA}/sessions/S4/move", data={"day": "2026-03-17", "starts": "9:00", "ends": "10:00", "room": ""})
    assert the_session().wall_starts == "2026-03-17T09:00"


def test_newer_rules_are_told_and_the_session_is_put_back(desk: PageClient, meeting: Meeting) -> None:
    session, stays = made(meeting), made(meeting, "S2")
    assert work_through(jobs.JOBS, at=TODAY) == {}
    other_rules(session)
    assert work_through(jobs.JOBS, at=TODAY) == {}, "compared once a day"
    assert work_through(jobs.JOBS, at=TODAY + timedelta(days=1)) == {"compare time zones": 1}
    assert "The rules of the time zone have changed" in desk.get(f"{AGENDA}/").text
    assert "1 session shows another time than planned" in desk.get("/meetings/spring/manage/").text
    page = desk.get(CLOCKS).text
    assert "09:00</time>" in page
    assert "08:00</time>" in page
    assert ">S1<" in page and ">S2<" not in page  # a token of a form may have these two letters

    assert desk.post(f"{CLOCKS}/planned").status_code == 303
    row = the_session("S1")
    assert (row.starts_at, row.ends_at, row.is_off_wall) == (NINE, NINE + timedelta(minutes=90), False)
    assert row.sequence == 1, "calendars hear of it"
    assert the_session("S2").version == stays.version
    assert "Every session shows the time that was planned." in desk.get(CLOCKS).text
    assert "than planned" not in desk.get("/meetings/spring/manage/").text
    assert work_through(jobs.JOBS, at=TODAY + timedelta(days=2)) == {}


def test_an_organizer_may_leave_them_as_shown(desk: PageClient, meeting: Meeting) -> None:
    session = made(meeting)
    other_rules(session)
    work_through(jobs.JOBS, at=TODAY)
    desk.post(f"{CLOCKS}/shown")
    row = the_session("S1")
    assert (row.starts_at, row.wall_starts, row.is_off_wall) == (NINE - timedelta(hours=1), "2026-03-16T08:00", False)


def test_sessions_of_before_get_their_clocks_once(meeting: Meeting) -> None:
    make.session(meeting, code="OLD", starts_at=NINE)
    assert work_through(jobs.JOBS, at=TODAY) == {"write down clocks": 1}
    assert the_session("OLD").wall_starts == "2026-03-16T09:00"
    assert not count_off_wall(meeting)


def test_what_is_over_is_left(meeting: Meeting) -> None:
    session = made(meeting)
    other_rules(session)
    assert work_through(jobs.JOBS, at=NINE + timedelta(days=1)) == {}


def test_both_hours_of_a_night_come_back_as_themselves() -> None:
    for moment in (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)):
        assert moment_on(shown(moment, BERLIN), "Europe/Berlin") == moment


@pytest.fixture
def berlin(client: PageClient, app: object, monkeypatch: pytest.MonkeyPatch) -> PageClient:
    """The organizer of a meeting on the night when clocks go back."""
    monkeypatch.setattr(manage, "now", lambda: TODAY)
    first, last = (datetime(2026, 10, day, tzinfo=UTC).date() for day in (24, 26))
    meeting = make.meeting(slug="spring", zone="Europe/Berlin", starts_on=first, ends_on=last)
    return client.sign_in(make.staff(meeting, "organizer"))


@pytest.mark.parametrize(("which", "hour"), [("first", 0), ("second", 1)])
def test_an_hour_that_comes_twice_is_asked_about(berlin: PageClient, which: str, hour: int) -> None:
    night = typed(day="2026-10-25", starts="02:30", ends="04:00")
    answer = berlin.post(f"{AGENDA}/", data=night)
    assert answer.status_code == 422
    assert "This hour comes twice that night" in answer.text
    assert 'name="twice"' in answer.text
    assert berlin.post(f"{AGENDA}/", data={**night, "twice": which}).status_code == 303
    session = the_session()
    assert (session.starts_at, session.ends_at) == (
        datetime(2026, 10, 25, hour, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 3, 0, tzinfo=UTC),
    )
    again = {**night, "twice": which, "title": "Other", "version": str(session.version)}
    assert berlin.post(f"{AGENDA}/sessions/S4", data=again).status_code == 303
    assert the_session().starts_at == session.starts_at


def test_where_it_comes_once_nobody_is_asked(berlin: PageClient) -> None:
    assert 'name="twice"' not in berlin.get(f"{AGENDA}/new").text
    assert berlin.post(f"{AGENDA}/", data=typed(day="2026-10-25", starts="04:30", ends="05:00")).status_code == 303
