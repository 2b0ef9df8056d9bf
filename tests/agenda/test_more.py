"""What is said of a session for other programs, as an organizer types it."""

import re
from datetime import timedelta

import pytest

from eventapp.agenda import manage
from eventapp.agenda.releases.actions import draft_difference
from eventapp.agenda.sessions.actions import move
from eventapp.ground.db import transaction
from eventapp.meetings.models import Meeting
from tests import make
from tests.agenda.test_manage import AGENDA, NINE, the_session, typed
from tests.browserless import PageClient
from tests.make_agenda import published

MORE = {
    "subtitle": "Who does what",
    "track": "Ethics",
    "language": "fr",
    "description": "First.\nSecond.",
    "links": "https://example.org/a   The paper\n\nhttp://example.org/b",
    "licence": "CC BY 4.0",
    "no_recording": "y",
}
LINKS = ["https://example.org/a The paper", "http://example.org/b"]


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(manage, "now", lambda: make.TODAY)
    return make.meeting(slug="spring")


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def test_it_is_typed_shown_again_and_stays_where_the_session_moves(desk: PageClient, meeting: Meeting) -> None:
    assert desk.post(f"{AGENDA}/", data=typed(**MORE)).status_code == 303
    page = desk.get(f"{AGENDA}/sessions/S4").text
    for words in ("Who does what", "Ethics", "CC BY 4.0", "https://example.org/a The paper"):
        assert words in page
    with transaction():
        session = the_session()
        ends_at = NINE + timedelta(hours=1)
        move(session, starts_at=NINE, ends_at=ends_at, room_id=None, by=None, at=make.TODAY)
    session = the_session()
    assert (session.subtitle, session.track, session.language) == ("Who does what", "Ethics", "fr")
    assert (session.links, session.licence, session.no_recording) == (LINKS, "CC BY 4.0", True)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"links": "https://example.org\njavascript:alert(1)"}, "See “javascript:alert(1)”."),
        ({"links": "example.org"}, "Begin each line with an address"),
        ({"language": "xx"}, "Choose a language."),
    ],
)
def test_what_cannot_be_is_said_and_kept(
    desk: PageClient, meeting: Meeting, wrong: dict[str, str], sentence: str
) -> None:
    answer = desk.post(f"{AGENDA}/", data=typed(**{**MORE, **wrong}))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Who does what" in answer.text


def test_readers_are_told_what_changed_of_it(desk: PageClient, meeting: Meeting) -> None:
    desk.post(f"{AGENDA}/", data=typed(**MORE))
    published(meeting)
    form = {**typed(**{**MORE, "track": "Law"}), "version": str(the_session().version)}
    assert desk.post(f"{AGENDA}/sessions/S4", data=form).status_code == 303
    with transaction():
        (change,) = draft_difference(the_session().meeting)
    assert change.fields == {"track": ("Ethics", "Law")}
    published(meeting)
    page = desk.get("/meetings/spring/agenda/changes").text
    assert "Track" in page
    assert "Law" in page


def test_what_is_made_up_is_marked_by_a_tick(desk: PageClient, meeting: Meeting) -> None:
    assert desk.post(f"{AGENDA}/", data=typed()).status_code == 303
    part = {"role-role": "speaker", "role-name": "Ada Byron", "role-country": "", "confirmed": "1"}
    assert desk.post(f"{AGENDA}/sessions/S4/roles", data={**part, "role-illustrative": "y"}).status_code == 303
    published(meeting)
    assert not the_session().illustrative and the_session().roles[0].illustrative

    form = {**typed(illustrative="y"), "version": str(the_session().version)}
    assert desk.post(f"{AGENDA}/sessions/S4", data=form).status_code == 303

    assert the_session().illustrative
    with transaction():
        (change,) = draft_difference(the_session().meeting)
    assert change.fields == {"illustrative": (False, True)}
    [box] = re.findall('<input [^>]*name="illustrative"[^>]*>', desk.get(f"{AGENDA}/sessions/S4").text)
    assert "checked" in box
    published(meeting)
    page = desk.get("/meetings/spring/sessions/S4").text
    assert "Ada Byron" in page and "· Illustrative" in page
    assert "This session is illustrative" in page
    assert "What is illustrative" in desk.get("/meetings/spring/agenda/changes").text
    number = the_session().roles[0].id
    assert desk.post(f"{AGENDA}/sessions/S4/roles/{number}", data=part).status_code == 303
    assert not the_session().roles[0].illustrative
