"""A file of sessions in another language of the meeting than its first: what it says goes there, and comes back."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.imports.models import AgendaImport, AgendaImportRow
from eventapp.agenda.models import Session
from eventapp.agenda.sessions.running import set_sub_items
from eventapp.agenda.sessions.sub_items import SubItem
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.meetings.texts import change_texts
from tests import make
from tests.agenda.test_import import IMPORTS, pressed, tally, with_columns_as_proposed, worked
from tests.browserless import PageClient
from tests.make_agenda import published

TEXTS = {"fr": {"title": "Ouverture", "summary": "De quoi il s’agit"}}
FORMS = ["agenda.xml", "schedule.json", "agenda.ics", "agenda.csv"]


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting in English and French with one session, which has both."""
    meeting = make.meeting(slug="spring", languages=["en", "fr"])
    hall = make.room(meeting, code="A", name="Hall", texts={"fr": {"name": "Salle"}})
    facts = {"title": "Opening", "summary": "About", "description": "At length", "texts": TEXTS}
    session = make.session(meeting, code="S1", room_id=hall.id, **facts)
    make.role(session, "speaker", name="Ada Byron")
    with transaction():
        items = [SubItem("First", person="Ada Byron", texts={"fr": {"title": "Premier"}}), SubItem("Second")]
        set_sub_items(db.session.merge(session), items, by=None, at=make.TODAY)
    published(meeting)
    return meeting


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, "organizer"))


def french(desk: PageClient, address: str, *changes: tuple[str, str]) -> bytes:
    """The file of this name as a French reader takes it along, with these words changed; pages are in English again."""
    text: str = desk.get(f"/meetings/spring/{address}?language=fr").data.decode("utf-8-sig")
    desk.get("/meetings/spring/agenda?language=en")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text.encode()


def chosen(desk: PageClient, content: bytes, name: str, language: str = "fr") -> str:
    """The page of a file that was chosen and compared."""
    sent = {"file": (BytesIO(content), name), "texts_in": language}
    answer = desk.post(IMPORTS, data=sent)
    assert answer.status_code == 303, answer.text
    page = str(answer.location)
    if name.endswith("csv"):
        with_columns_as_proposed(desk, page)
    else:
        worked(page)
    return page


def session_now() -> Session:
    db.session.expire_all()
    return db.session.scalars(select(Session).where(Session.code == "S1")).one()


@pytest.mark.parametrize("address", FORMS)
def test_a_title_changed_in_a_french_file_changes_the_french_title_and_is_taken_back(
    desk: PageClient, meeting: Meeting, address: str
) -> None:
    before = session_now()
    version, items = before.version, before.sub_items
    content = french(desk, address, ("Ouverture", "Inauguration"))
    page = chosen(desk, content, address)
    assert tally(page) == {"changed": 1}
    shown = desk.get(page).text
    assert "Titles and summaries of this file are in French" in shown
    assert "Ouverture" in shown and "Inauguration" in shown
    assert pressed(desk, page, "start") == {"updated": 1}
    session = session_now()
    assert (session.title, session.summary, session.description) == ("Opening", "About", "At length")
    assert session.texts == {"fr": {**TEXTS["fr"], "title": "Inauguration"}}
    assert (session.version, session.sub_items) == (version, items)
    assert tally(chosen(desk, content, address)) == {"same": 1}
    assert pressed(desk, page, "undo") == {"taken back": 1}
    assert session_now().texts == TEXTS


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_french_file_of_ours_changes_nothing_whatever_language_is_said(
    desk: PageClient, meeting: Meeting, address: str, language: str
) -> None:
    assert tally(chosen(desk, french(desk, address), address, language)) == {"same": 1}


def test_without_a_word_a_file_is_in_the_first_language(desk: PageClient, meeting: Meeting) -> None:
    content = french(desk, "agenda.xml", ("Ouverture", "Inauguration"))
    answer = desk.post(IMPORTS, data={"file": (BytesIO(content), "agenda.xml")})
    page = str(answer.location)
    assert worked(page) == {"changed": 1}
    assert "Titles and summaries of this file" not in desk.get(page).text
    pressed(desk, page, "start")
    assert session_now().title == "Inauguration"


def test_a_new_session_of_a_french_file_keeps_its_french_title_once_it_has_an_english_one(
    desk: PageClient, meeting: Meeting
) -> None:
    other = make.meeting(slug="autumn", languages=["en", "fr"])
    content = french(desk, "agenda.xml")
    desk.sign_in(make.staff(other, "organizer"))
    there = "/meetings/autumn/manage/agenda/imports"
    sent = {"file": (BytesIO(content), "agenda.xml"), "texts_in": "fr"}
    page = str(desk.post(there, data=sent).location)
    assert worked(page) == {"faulty": 1}  # the room is not there
    desk.post(f"{page}/rooms", data={"seats": "50"})
    assert worked(page) == {"new": 1}
    assert pressed(desk, page, "start") == {"added": 1}
    came = db.session.scalars(select(Session).where(Session.meeting_id == other.id)).one()
    assert (came.title, came.texts, came.description) == ("Ouverture", TEXTS, "At length")
    assert [row["texts"] for row in came.sub_items] == [{"fr": {"title": "Premier"}}, {"fr": {"title": "Second"}}]
    [room] = db.session.merge(other).rooms
    assert (room.name, room.texts) == ("Salle", {"fr": {"name": "Salle"}})
    again = str(desk.post(there, data={"file": (BytesIO(content), "agenda.xml"), "texts_in": "fr"}).location)
    assert worked(again) == {"same": 1}
    english = content.replace(b"Ouverture", b"Opening").replace("De quoi il s’agit".encode(), b"About")
    first = str(desk.post(there, data={"file": (BytesIO(english), "agenda.xml"), "texts_in": "en"}).location)
    worked(first)
    assert pressed(desk, first, "start") == {"updated": 1}
    db.session.expire_all()
    assert (came.title, came.texts) == ("Opening", TEXTS)


def test_words_of_a_statement_change_in_french_alone(desk: PageClient, meeting: Meeting) -> None:
    content = french(desk, "schedule.json", ("Premier", "Avant tout"), ("Second", "Ensuite"))
    page = chosen(desk, content, "schedule.json")
    pressed(desk, page, "start")
    rows = [(row["title"], row["texts"]) for row in session_now().sub_items]
    assert rows == [("First", {"fr": {"title": "Avant tout"}}), ("Second", {"fr": {"title": "Ensuite"}})]
    assert tally(chosen(desk, content, "schedule.json")) == {"same": 1}


def test_what_a_session_has_in_one_language_stays(desk: PageClient, meeting: Meeting) -> None:
    content = french(desk, "agenda.xml", ("At length", "En détail"))
    assert tally(chosen(desk, content, "agenda.xml")) == {"same": 1}


def test_a_text_that_somebody_changed_since_is_not_taken_back(desk: PageClient, meeting: Meeting) -> None:
    page = chosen(desk, french(desk, "agenda.xml", ("Ouverture", "Inauguration")), "agenda.xml")
    pressed(desk, page, "start")
    with transaction():
        session = session_now()
        change_texts(session, "fr", {"title": "Accueil"}, meeting=session.meeting, by=None, at=make.TODAY)
    assert pressed(desk, page, "undo") == {"left": 1}
    assert session_now().texts["fr"]["title"] == "Accueil"


def test_a_text_that_a_french_file_has_in_english_is_taken_away(desk: PageClient, meeting: Meeting) -> None:
    content = french(desk, "agenda.xml", ("Ouverture", "Opening"))
    page = chosen(desk, content, "agenda.xml")
    assert pressed(desk, page, "start") == {"updated": 1}
    assert session_now().texts == {"fr": {"summary": TEXTS["fr"]["summary"]}}
    assert tally(chosen(desk, content, "agenda.xml")) == {"same": 1}


def test_only_languages_of_the_meeting_are_asked_for(desk: PageClient, meeting: Meeting) -> None:
    assert "Language of its titles and summaries" in desk.get(IMPORTS).text
    sent = {"file": (BytesIO(french(desk, "agenda.xml")), "agenda.xml"), "texts_in": "de"}
    answer = desk.post(IMPORTS, data=sent)
    assert answer.status_code == 409
    assert "Choose a language of the meeting." in answer.text
    assert db.session.scalars(select(AgendaImport)).all() == []
    assert db.session.scalars(select(AgendaImportRow)).all() == []
    with transaction():
        db.session.merge(meeting).languages = ["en"]
    assert "Language of its titles and summaries" not in desk.get(IMPORTS).text


@pytest.mark.parametrize("address", ["agenda.xml", "agenda.csv"])
def test_the_command_is_told_the_language(
    app: Flask, desk: PageClient, meeting: Meeting, tmp_path: Path, address: str
) -> None:
    file = tmp_path / address
    file.write_bytes(french(desk, address, ("Ouverture", "Inauguration")))
    run = app.test_cli_runner()
    wrong = run.invoke(args=["agenda", "import", "spring", str(file), "--language", "de"])
    assert wrong.exit_code == 1 and "Choose a language of the meeting." in wrong.output
    done = run.invoke(args=["agenda", "import", "spring", str(file), "--language", "fr", "--do"])
    assert "updated: 1" in done.output, done.output
    assert (session_now().title, session_now().texts["fr"]["title"]) == ("Opening", "Inauguration")
