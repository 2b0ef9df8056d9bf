"""What a screen shows at a moment, and that it follows what is changed live."""

from datetime import timedelta

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.actions import cancel_session
from eventapp.ground.db import db, transaction
from eventapp.live.late.actions import Press, press_late
from eventapp.live.late.queries import lateness
from eventapp.live.screens import views
from eventapp.meetings.models import Meeting
from tests import make
from tests.browserless import PageClient
from tests.make_agenda import NINE, published

MINUTE = timedelta(minutes=1)
AT = NINE + 30 * MINUTE
HALL, DOOR = "/meetings/spring/screens/hall", "/meetings/spring/rooms/{}/screen"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """Two sessions in one room, one in another, which is cancelled."""
    monkeypatch.setattr(views, "now", lambda: AT)
    meeting = make.meeting(slug="spring", languages=["en", "fr"])
    one, two = make.room(meeting, name="Great Hall", code="A"), make.room(meeting, name="Side Room", code="B")
    for code, minutes, room in (("S1", 0, one), ("S2", 90, one), ("P1", 90, two)):
        make.session(meeting, code=code, title=f"Title of {code}", room_id=room.id, starts_at=NINE + minutes * MINUTE)
    published(meeting)
    with transaction():
        cancel_session(session("P1"), by=None, at=AT)
    published(meeting)
    return meeting


def session(code: str) -> Session:
    return db.session.query(Session).filter_by(code=code).one()


def test_the_hall_shows_all_rooms_and_a_door_its_own(client: PageClient, meeting: Meeting) -> None:
    hall = client.get(f"{HALL}?language=en").text
    assert all(words in hall for words in ("Title of S1", "Title of S2", "Title of P1", "Great Hall", "Cancelled"))
    door = client.get(DOOR.format("B") + "?language=en").text
    assert "Title of S1" not in door and "Nothing more takes place here today." in door
    assert client.get(DOOR.format("NONE")).status_code == 404


def test_a_screen_follows_what_runs_late(client: PageClient, meeting: Meeting) -> None:
    late = session("S1")
    seen = lateness(late, 10, everywhere=False, at=AT).seen
    with transaction():
        press_late(late, Press(10, seen), by=None, at=AT)
    page = client.get(DOOR.format("A") + "?language=en").text
    assert "10 minutes late" in page and ">10:40</time>" in page and "<del>" in page


def test_languages_take_turns_and_one_asked_for_stays(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = set()
    for minute in range(2):
        monkeypatch.setattr(views, "now", lambda minute=minute: AT + minute * MINUTE)
        shown.add('<html lang="fr"' in client.get(HALL).text)
        assert '<html lang="fr"' in client.get(f"{HALL}?language=fr").text
    assert shown == {True, False}


def test_after_the_day_nothing_stands_there(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "now", lambda: AT + timedelta(days=1))
    page = client.get(f"{HALL}?language=en").text
    assert "Title of S1" not in page and "Nothing more takes place here today." in page


def test_every_screen_is_listed_and_a_sign_is_there_to_print(client: PageClient, meeting: Meeting) -> None:
    page = client.get("/meetings/spring/screens").text
    assert HALL in page and DOOR.format("A") in page and "/meetings/spring/rooms/A/sign" in page
    sign = client.get("/meetings/spring/rooms/A/sign").text
    assert "Title of S2" in sign and "Title of P1" not in sign and "10:30" in sign


def test_before_a_version_there_is_no_screen(client: PageClient) -> None:
    make.meeting(slug="spring")
    assert client.get(HALL).status_code == 404
    assert "not published yet" in client.get("/meetings/spring/screens").text
