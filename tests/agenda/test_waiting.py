"""Sessions without a time wait beside the plan: on no release, feed or page until they have one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from eventapp.agenda import manage
from eventapp.agenda.models import Session
from eventapp.agenda.planning.draft import draft_of
from eventapp.agenda.queries import programme, waiting_sessions
from eventapp.agenda.sessions.actions import cancel_session, create_session, move, restore_session
from eventapp.ground.db import db, transaction
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from tests import make
from tests.agenda.test_manage import AGENDA, the_session, typed
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import NINE, facts, published, role_link

HOUR = timedelta(hours=1)
PLACED = {"day": "2026-03-16", "starts": "14:00", "ends": "15:30", "room": ""}


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(manage, "now", lambda: TODAY)
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S1", title="Opening")
    return meeting


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def waiting(meeting: Meeting, code: str = "S4", **more: object) -> Session:
    with transaction():
        return create_session(meeting, code, facts(waits=True, **more), by=None, at=TODAY)


def test_a_session_is_added_without_a_time_and_gets_one(desk: PageClient, meeting: Meeting) -> None:
    form = desk.get(f"{AGENDA}/new?waits=1").text
    assert "No time yet" in form
    answer = desk.post(f"{AGENDA}/", data=typed(day="", starts="", ends=""))
    assert answer.status_code == 303
    row = the_session()
    assert (row.waits, row.is_off, row.ends_at - row.starts_at) == (True, False, HOUR)
    plan = desk.get(f"{AGENDA}/").text
    assert "Without a time (1)" in plan
    assert plan.count('data-ref="S4"') == 1
    assert "60 minutes" in plan

    assert desk.post(f"{AGENDA}/sessions/S4/move", data=PLACED).status_code == 303
    row = the_session()
    assert (row.waits, row.cancelled_at, row.starts_at) == (False, None, NINE + 5 * HOUR)
    assert row.wall_starts == "2026-03-16T14:00"
    assert "Without a time (0)" in desk.get(f"{AGENDA}/").text


def test_the_times_typed_say_how_long_one_that_waits_is_to_be(desk: PageClient, meeting: Meeting) -> None:
    assert desk.post(f"{AGENDA}/", data=typed(day="", starts="10:00", ends="12:30")).status_code == 303
    row = the_session()
    assert row.ends_at - row.starts_at == 2.5 * HOUR
    answer = desk.post(f"{AGENDA}/", data=typed(code="S5", day="", starts="12:00", ends="11:00"))
    assert answer.status_code == 422
    assert "It ends before it begins. Write a later time." in answer.text
    assert "Choose a day." in desk.post(f"{AGENDA}/", data=typed(code="S5", day="1999-01-01")).text
    needed = desk.post(f"{AGENDA}/", data=typed(code="S5", starts="", ends="")).text
    assert "Write when it begins." in needed and "Write when it ends." in needed


def test_what_waits_is_on_no_release_feed_or_page(client: PageClient, meeting: Meeting) -> None:
    waiting(meeting, title="Secret plan")
    release = published(meeting)
    assert [one["code"] for one in release.content["sessions"]] == ["S1"]
    for address in ("agenda", "agenda.ics", "agenda.json", "agenda.xml", "agenda?view=table"):
        answer = client.get(f"/meetings/spring/{address}")
        assert answer.status_code == 200
        assert "Secret plan" not in answer.text
    assert client.get("/meetings/spring/sessions/S4").status_code == 404
    assert [one.code for one in programme(meeting)] == ["S1"]
    assert [one.code for one in draft_of(meeting)] == ["S1"], "no warning is about it"


def test_a_session_is_taken_out_of_the_plan_and_back(desk: PageClient, meeting: Meeting) -> None:
    published(meeting)
    data = {"day": "", "starts": "09:00", "ends": "10:30", "room": ""}
    answer = desk.post(f"{AGENDA}/sessions/S1/move?day=2026-03-16", data=data)
    assert answer.status_code == 303
    assert "day=2026-03-16" in answer.headers["Location"]
    row = the_session("S1")
    assert (row.waits, row.starts_at, row.ends_at, row.sequence) == (True, NINE, NINE + 1.5 * HOUR, 1)
    release = published(meeting)
    assert [(one["code"], one["cancelled"]) for one in release.content["sessions"]] == [("S1", True)]

    desk.post(f"{AGENDA}/sessions/S1/move", data=PLACED)
    [one] = published(meeting).content["sessions"]
    assert (one["cancelled"], one["sequence"], one["uid"]) == (False, 2, row.uid)


def test_people_are_asked_meanwhile_and_hear_once_it_has_a_time(client: PageClient, meeting: Meeting) -> None:
    session = waiting(meeting)
    ada = make.person("Ada")
    role = make.role(session, person_id=ada.id, name="Ada", state="invited", asked_at=TODAY)
    make.role(session, person_id=make.person("Late").id, name="Late", asked_at=TODAY + 2 * HOUR)
    token = role_link(role)
    page = client.get(f"/roles/{token}").text
    assert "The time is not decided yet." in page
    assert "not asked for this role any more" not in page
    assert client.post(f"/roles/{token}", data={"answer": "accept"}).status_code == 303
    published(meeting)
    assert not letters()
    with transaction():
        row = the_session()
        move(row, starts_at=NINE, ends_at=NINE + HOUR, room_id=None, by=None, at=TODAY + HOUR)
    published(meeting, at=TODAY + 3 * HOUR)
    assert [(to, "Now: 16 March 2026, 09:00" in text) for to, text in letters()] == [(ada.email, True)]


def test_one_that_waits_is_changed_and_moved_as_others_are(desk: PageClient, meeting: Meeting) -> None:
    waiting(meeting)
    page = desk.get(f"{AGENDA}/sessions/S4").text
    assert "This session is cancelled." not in page and "Running late" not in page
    version = str(the_session().version)
    data = typed(title="Renamed", day="", starts="", ends="", version=version)
    assert desk.post(f"{AGENDA}/sessions/S4", data=data).status_code == 303
    assert (the_session().title, the_session().waits) == ("Renamed", True)
    move_page = desk.get(f"{AGENDA}/sessions/S4/move").text
    seen = move_page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    assert desk.post(f"{AGENDA}/sessions/S4/move", data={**PLACED, "seen": seen}).status_code == 303
    answer = desk.post(f"{AGENDA}/sessions/S4/move", data={**PLACED, "starts": "15:00", "seen": seen})
    assert answer.status_code == 409, "somebody placed it meanwhile"


def test_one_that_waits_is_taken_away_and_waits_again(meeting: Meeting) -> None:
    waiting(meeting)
    with transaction():
        cancel_session(the_session(), by=None, at=TODAY)
    assert (the_session().waits, the_session().is_off) == (False, True)
    assert not waiting_sessions(meeting, 5)
    with transaction():
        restore_session(the_session(), by=None, at=TODAY)
    assert [one.code for one in waiting_sessions(meeting, 5)] == ["S4"]
    assert [one.code for one in programme(meeting)] == ["S1"]


def letters() -> list[tuple[str, str]]:
    query = select(Letter).where(Letter.kind == "agenda/mail/sessions_changed.txt").order_by(Letter.id)
    return [(one.to, one.text) for one in db.session.scalars(query)]
