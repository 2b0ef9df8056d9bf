"""The languages of a meeting: picked by name, in an order, and what becomes of the texts of one that is taken out."""

import pytest
from flask import Flask

from eventapp.desk.languages import manage
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.vocabulary.tongues import language_called
from tests import make
from tests.browserless import PageClient
from tests.counting import counted

PAGE = "/meetings/spring/manage/settings/languages"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(manage, "now", lambda: make.TODAY)
    return make.meeting(slug="spring", languages=["en"])


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def languages(meeting: Meeting) -> list[str]:
    db.session.expire_all()
    return meeting.languages


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("French", "fr"),
        ("français", "fr"),
        ("FRANCAIS", "fr"),
        ("fr", "fr"),
        ("russe", "ru"),
        ("русский", "ru"),
        ("العربية", "ar"),
        ("Swahili", "sw"),
        ("Simplified Chinese", "zh-Hans"),
        ("Klingon!", None),
        ("", None),
    ],
)
def test_a_language_is_found_by_any_of_its_names(app: Flask, words: str, code: str | None) -> None:
    assert language_called(words) == code


def test_languages_are_added_by_name_put_in_order_and_taken_out(desk: PageClient, meeting: Meeting) -> None:
    for name in ("Français", "Arabic"):
        assert desk.post(PAGE, data={"language": name}).status_code == 303
    assert languages(meeting) == ["en", "fr", "ar"]
    assert desk.post(f"{PAGE}/ar/place", data={"act": "up"}).status_code == 303
    assert languages(meeting) == ["en", "ar", "fr"]
    desk.post(f"{PAGE}/fr/place", data={"place": "1"})
    assert languages(meeting) == ["fr", "en", "ar"]
    assert desk.post(f"{PAGE}/en/removal").status_code == 303
    assert languages(meeting) == ["fr", "ar"]
    assert desk.post(f"{PAGE}/en/removal").status_code == 404


@pytest.mark.parametrize(
    ("name", "status", "says"),
    [
        ("", 422, "Write the name of a language."),
        ("Klingon!", 422, "No language is called “Klingon!”"),
        ("English", 409, "English is there already."),
        ("x" * 100_000, 422, "60"),
    ],
)
def test_what_cannot_be_added_is_told(desk: PageClient, meeting: Meeting, name: str, status: int, says: str) -> None:
    answer = desk.post(PAGE, data={"language": name})
    assert answer.status_code == status
    assert says in answer.text
    assert languages(meeting) == ["en"]


def test_the_only_language_stays(desk: PageClient, meeting: Meeting) -> None:
    answer = desk.post(f"{PAGE}/en/removal")
    assert answer.status_code == 409
    assert "A meeting has one language at least." in answer.text
    assert languages(meeting) == ["en"]


def test_texts_of_a_language_taken_out_stay_and_come_back(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data={"language": "French"})
    with transaction():
        meeting.texts = {"fr": {"title": "Examen"}}
    make.room(meeting, texts={"fr": {"name": "Salle"}}, closed_at=make.TODAY)
    desk.post(f"{PAGE}/fr/removal")
    assert "2 things have texts in it" in desk.get(PAGE).text
    assert "Examen" not in desk.get("/meetings/spring/?language=ar").text
    desk.post(PAGE, data={"language": "French"})
    assert "Examen" in desk.get("/meetings/spring/?language=fr").text


def test_its_texts_are_deleted_on_demand_and_not_while_it_is_a_language(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data={"language": "French"})
    with transaction():
        meeting.texts = {"fr": {"title": "Examen"}, "ru": {"title": "Обзор"}}
    answer = desk.post(f"{PAGE}/fr/texts/removal")
    assert answer.status_code == 409
    assert "French is a language of the meeting." in answer.text
    desk.post(f"{PAGE}/fr/removal")
    assert desk.post(f"{PAGE}/fr/texts/removal").status_code == 303
    db.session.expire_all()
    assert meeting.texts == {"ru": {"title": "Обзор"}}


@pytest.mark.parametrize("act", ["place", "removal"])
def test_a_language_with_texts_does_not_become_the_first(desk: PageClient, meeting: Meeting, act: str) -> None:
    desk.post(PAGE, data={"language": "French"})
    make.room(meeting, texts={"fr": {"name": "Salle"}})
    code = "fr" if act == "place" else "en"
    answer = desk.post(f"{PAGE}/{code}/{act}", data={"place": "1"})
    assert answer.status_code == 409
    assert "So English stays the first language." in answer.text
    assert languages(meeting) == ["en", "fr"]


def test_a_closed_meeting_keeps_its_languages(desk: PageClient, meeting: Meeting) -> None:
    with transaction():
        meeting.closed_at = make.TODAY
    assert desk.post(PAGE, data={"language": "French"}).status_code == 409
    assert languages(meeting) == ["en"]


def test_the_page_takes_the_same_queries_however_much_there_is(desk: PageClient, meeting: Meeting) -> None:
    desk.post(PAGE, data={"language": "French"})
    with counted() as few:
        desk.get(PAGE)
    for _number in range(5):
        make.session(meeting, texts={"fr": {"title": "Séance"}, "ru": {"title": "Сессия"}})
    with counted() as many:
        assert "5 things have texts in it" in desk.get(PAGE).text
    assert len(many) == len(few)
