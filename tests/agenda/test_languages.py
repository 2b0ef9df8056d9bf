"""The agenda for readers of several languages: each text in theirs where it is there, and marked where it is not."""

import json
from dataclasses import replace

import pytest

from eventapp.agenda.models import Session
from eventapp.agenda.queries import newest_release, released
from eventapp.agenda.releases.actions import draft_difference, release
from eventapp.agenda.sessions.actions import change_session, facts_of
from eventapp.ground.db import db, transaction
from eventapp.meetings.actions import change_part
from eventapp.meetings.facts import BodyFacts, RoomFacts
from eventapp.meetings.models import Body, Meeting
from eventapp.meetings.texts import change_texts
from tests import make, make_agenda
from tests.browserless import PageClient

TITLE, SUMMARY = "Ouverture de la réunion", "Allocutions des organisateurs"


@pytest.fixture
def meeting(app: object) -> Meeting:
    """A meeting in two languages with a released session, whose texts are there in French but for its summary."""
    meeting = make.meeting(slug="spring", languages=["en", "fr"], texts={"fr": {"venue": "Centre de conférence"}})
    room = make.room(meeting, code="CR4", name="Room 4", where="First floor", texts={"fr": {"name": "Salle 4"}})
    body = make.kept(Body(meeting_id=meeting.id, code="IWG", name="Group", texts={"fr": {"name": "Groupe de travail"}}))
    make.session(
        meeting, code="S1", title="Opening", summary="Remarks", room_id=room.id, body_id=body.id,
        texts={"fr": {"title": TITLE}},
    )  # fmt: skip
    make_agenda.published(meeting)
    return meeting


def session_of(meeting: Meeting) -> Session:
    return db.session.query(Session).filter_by(meeting_id=meeting.id).one()


@pytest.mark.parametrize("page", ["agenda", "agenda?view=table", "sessions/S1"])
def test_a_page_is_in_the_language_of_its_reader(client: PageClient, meeting: Meeting, page: str) -> None:
    french = client.get(f"/meetings/spring/{page}", headers={"Accept-Language": "fr"}).text
    assert f'<bdi lang="fr">{TITLE}</bdi>' in french
    assert '<bdi lang="fr">Salle 4</bdi>' in french
    if page != "agenda?view=table":
        assert '<bdi lang="en">Remarks</bdi>' in french
    english = client.get(f"/meetings/spring/{page}", headers={"Accept-Language": "en"}).text
    assert '<bdi lang="en">Opening</bdi>' in english
    assert TITLE not in english


def test_the_page_of_a_session_names_its_body_and_is_titled_in_french(client: PageClient, meeting: Meeting) -> None:
    page = client.get("/meetings/spring/sessions/S1", headers={"Accept-Language": "fr"}).text
    assert f"<title>{TITLE}" in page
    assert '<bdi lang="fr">Groupe de travail</bdi>' in page


@pytest.mark.parametrize("file", ["agenda.ics", "agenda.json", "agenda.xml", "sessions/S1.ics"])
def test_a_file_is_in_the_language_of_the_address_or_of_the_reader(
    client: PageClient, meeting: Meeting, file: str
) -> None:
    def text(**asked: object) -> str:
        answer = client.get(f"/meetings/spring/{file}", **asked).get_data(as_text=True)
        return json.dumps(json.loads(answer), ensure_ascii=False) if file.endswith("json") else answer

    for _again in range(2):  # drawn, and from the shelf
        assert TITLE in text(headers={"Accept-Language": "fr"})
        assert TITLE in text(query_string={"language": "fr"})
        assert "Salle 4" in text(query_string={"language": "fr"})
        assert "Opening" in text(headers={"Accept-Language": "en"})
        assert TITLE not in text(query_string={"language": "ar"})


def test_the_interface_is_in_the_language_of_the_reader(client: PageClient, meeting: Meeting) -> None:
    answer = client.get("/api/v1/meetings/spring", headers={"Accept-Language": "fr"})
    assert answer.get_json()["venue"] == "Centre de conférence"
    assert "Accept-Language" in answer.headers["Vary"]
    assert client.get("/api/v1/meetings/spring/sessions/S1?language=fr").get_json()["title"] == TITLE
    assert client.get("/api/v1/meetings/spring/agenda?language=en").get_json()["sessions"][0]["title"] == "Opening"


def test_a_text_that_is_new_is_a_change_of_the_agenda_and_stays_as_it_was_released(
    client: PageClient, meeting: Meeting
) -> None:
    with transaction():
        change_texts(session_of(meeting), "fr", {"summary": SUMMARY}, meeting=meeting, by=None, at=make.TODAY)
    assert SUMMARY not in client.get("/meetings/spring/sessions/S1?language=fr").text

    (change,) = draft_difference(meeting)
    assert not change.moved  # nobody gets a letter for it
    with transaction():
        release(meeting, by=None, at=make.TODAY)
    assert f'<bdi lang="fr">{SUMMARY}</bdi>' in client.get("/meetings/spring/sessions/S1?language=fr").text
    assert SUMMARY in client.get("/meetings/spring/agenda/changes").text


FILES = ["agenda.ics", "agenda.json", "agenda.xml", "sessions/S1.ics", "sessions/S1", "agenda", "agenda?view=table"]


@pytest.mark.parametrize("file", FILES)
def test_a_room_is_called_as_it_is_now_without_another_release(client: PageClient, meeting: Meeting, file: str) -> None:
    assert "Salle 4" in text_of(client, file, "fr")  # and so it is on the shelf
    facts = RoomFacts(code="CR4", name="Great hall", seats=40, where="Second floor", position=1)
    with transaction():
        change_part(meeting.rooms[0], facts, by=None, at=make.TODAY)
        change_texts(meeting.rooms[0], "fr", {"name": "Grande salle"}, meeting=meeting, by=None, at=make.TODAY)
    assert draft_difference(meeting) == []
    assert "Grande salle" in text_of(client, file, "fr") and "Salle 4" not in text_of(client, file, "fr")
    assert "Great hall" in text_of(client, file, "en")


@pytest.mark.parametrize("file", ["agenda.ics", "agenda.json", "agenda.xml"])
def test_the_meeting_is_called_as_it_is_now_without_another_release(
    client: PageClient, meeting: Meeting, file: str
) -> None:
    with transaction():
        meeting.title = "Autumn review"
        change_texts(meeting, "fr", {"title": "Examen d’automne"}, meeting=meeting, by=None, at=make.TODAY)
    assert "Autumn review" in text_of(client, file, "en")
    assert "Examen d’automne" in text_of(client, file, "fr")


@pytest.mark.parametrize("file", ["agenda.json", "agenda.xml", "sessions/S1"])
def test_a_body_is_called_as_it_is_now_without_another_release(client: PageClient, meeting: Meeting, file: str) -> None:
    assert "Groupe de travail" in text_of(client, file, "fr")
    [body] = meeting.bodies
    with transaction():
        change_part(body, BodyFacts(code="IWG", name="Committee", position=1), by=None, at=make.TODAY)
        change_texts(body, "fr", {"name": "Comité"}, meeting=meeting, by=None, at=make.TODAY)
    assert draft_difference(meeting) == []  # what a session reports to is the same
    assert "Comité" in text_of(client, file, "fr") and "Groupe de travail" not in text_of(client, file, "fr")
    assert "Committee" in text_of(client, file, "en")
    with transaction():
        change_texts(body, "fr", {"name": ""}, meeting=meeting, by=None, at=make.TODAY)
    assert "Comité" not in text_of(client, file, "fr") and "Committee" in text_of(client, file, "fr")


def test_to_which_body_a_session_reports_stays_as_released(client: PageClient, meeting: Meeting) -> None:
    other = make.kept(Body(meeting_id=meeting.id, code="CED", name="Committee on other matters"))
    session = session_of(meeting)
    with transaction():
        change_session(session, replace(facts_of(session), body_id=other.id), by=None, at=make.TODAY)
    assert "other matters" not in text_of(client, "agenda.json", "en")
    (change,) = draft_difference(meeting)
    assert change.fields["body"] == ("Group", "Committee on other matters")


def test_a_session_stays_as_it_was_released(client: PageClient, meeting: Meeting) -> None:
    session_of(meeting).title = "Something else"
    db.session.commit()
    assert "Something else" not in text_of(client, "agenda.json", "en")


def test_a_room_that_is_no_more_stays_as_it_was_released(client: PageClient, meeting: Meeting) -> None:
    session_of(meeting).room_id = None
    db.session.flush()
    db.session.delete(meeting.rooms[0])
    db.session.commit()
    assert "Room 4" in text_of(client, "agenda.json", "en")


def text_of(client: PageClient, file: str, tongue: str) -> str:
    answer = client.get(f"/meetings/spring/{file}", headers={"Accept-Language": tongue}).get_data(as_text=True)
    text = json.dumps(json.loads(answer), ensure_ascii=False) if file.endswith("json") else answer
    return text.replace("\r\n ", "")


def test_a_release_of_one_language_is_kept_as_it_always_was(app: object) -> None:
    meeting = make.meeting()
    make.session(meeting, code="S1")
    made = make_agenda.published(meeting)
    assert "texts" not in json.dumps(made.content)
    agenda = released(meeting)
    assert agenda is not None and agenda.for_reader("fr") == agenda
    assert newest_release(meeting) == made
