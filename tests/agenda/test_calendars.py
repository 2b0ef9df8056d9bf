"""Calendars of one room and of one track, beside that of the whole agenda."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.actions import cancel_session, move
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import NINE, published

PAGE = "/meetings/spring/agenda/calendars"
ROOM, TRACK = "/meetings/spring/agenda/rooms/A.ics", "/meetings/spring/agenda/track.ics"


@pytest.fixture
def meeting(app: object) -> Meeting:
    meeting = make.meeting(slug="spring", title="Spring review")
    hall = make.room(meeting, code="A", name="Hall", texts={"fr": {"name": "Salle"}}).id
    make.room(meeting, code="B", name="Attic")
    make.session(meeting, code="S1", title="First", room_id=hall, track="Cities & ports")
    make.session(meeting, code="S2", title="Second", room_id=hall, starts_at=NINE + timedelta(hours=2))
    make.session(meeting, code="S3", title="Third", track="Cities & ports", starts_at=NINE + timedelta(hours=4))
    published(meeting)
    return meeting


def events(client: PageClient, address: str, **query: str) -> list[str]:
    answer = client.get(address, query_string=query)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    return [line[8:].split()[0] for line in answer.text.splitlines() if line.startswith("SUMMARY:")]


def the(code: str) -> Session:
    return db.session.scalars(select(Session).where(Session.code == code)).one()


def test_each_room_and_each_track_has_a_calendar(client: PageClient, meeting: Meeting) -> None:
    assert events(client, ROOM) == ["S1", "S2"]
    assert events(client, TRACK, name="Cities & ports") == ["S1", "S3"]
    assert "X-WR-CALNAME:Spring review: Hall" in client.get(ROOM).text
    assert "X-WR-CALNAME:Spring review: Salle" in client.get(f"{ROOM}?language=fr").text


def test_they_are_linked_from_where_one_subscribes(client: PageClient, meeting: Meeting) -> None:
    client.application.config["BASE_URL"] = "https://meetings.example.org"
    for view in ("", "?view=table"):
        assert PAGE in client.get(f"/meetings/spring/agenda{view}").text
    page = client.get(PAGE).text.replace("&amp;", "&")
    assert "webcal://meetings.example.org/meetings/spring/agenda/rooms/A.ics?language=en" in page
    assert "webcal://meetings.example.org/meetings/spring/agenda/track.ics?name=Cities+%26+ports&language=en" in page
    assert "rooms/B.ics" not in page, "nothing takes place there"


def test_what_is_cancelled_says_so_and_what_went_elsewhere_leaves(client: PageClient, meeting: Meeting) -> None:
    with transaction():
        cancel_session(the("S1"), by=None, at=TODAY)
        one, room = the("S2"), next(room.id for room in meeting.rooms if room.code == "B")
        move(one, starts_at=one.starts_at, ends_at=one.ends_at, room_id=room, by=None, at=TODAY)
    published(meeting)
    assert events(client, ROOM) == ["S1"]
    assert "STATUS:CANCELLED" in client.get(ROOM).text
    assert events(client, "/meetings/spring/agenda/rooms/B.ics") == ["S2"]


def test_a_track_that_is_there_no_more_is_empty_and_a_strange_room_is_not_found(
    client: PageClient, meeting: Meeting
) -> None:
    assert events(client, TRACK, name="Gone") == []
    assert events(client, TRACK) == []
    assert events(client, TRACK, name="a\0\r\nX-EVIL:1" * 50) == []
    assert "\nX-EVIL" not in client.get(TRACK, query_string={"name": "a\r\nX-EVIL:1"}).text
    assert events(client, "/meetings/spring/agenda/rooms/B.ics") == [], "a room of the meeting"
    assert client.get("/meetings/spring/agenda/rooms/C.ics").status_code == 404


def test_it_is_asked_for_again_for_nothing_while_it_is_the_same(client: PageClient, meeting: Meeting) -> None:
    tag = client.get(ROOM).headers["ETag"]
    assert client.get(ROOM, headers={"If-None-Match": tag}).status_code == 304
    with transaction():
        one = the("S2")
        move(one, starts_at=one.starts_at, ends_at=one.ends_at, room_id=None, by=None, at=TODAY)
    published(meeting)
    assert client.get(ROOM, headers={"If-None-Match": tag}).status_code == 200


def test_before_the_first_version_there_is_none(client: PageClient) -> None:
    make.meeting(slug="spring")
    assert {client.get(address).status_code for address in (PAGE, ROOM, TRACK)} == {404}
