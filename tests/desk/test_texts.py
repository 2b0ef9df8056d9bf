"""A meeting in two languages: what an organizer writes, what readers get, and what is counted as missing."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.announcements.models import Announcement
from eventapp.desk import views
from eventapp.desk.texts import manage
from eventapp.desk.texts.queries import missing_texts, older_texts
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.information.models import InformationPage
from eventapp.meeting_file.facts import of_meeting
from eventapp.meeting_file.queries import content_of
from eventapp.meetings.actions import change_meeting
from eventapp.meetings.models import Body, Meeting
from eventapp.meetings.texts import change_texts
from eventapp.messages.actions import send
from eventapp.messages.models import Message
from tests import make, make_messages, make_questions
from tests.browserless import PageClient
from tests.counting import counted

PAGE = "/meetings/spring/manage/settings/texts"
FRENCH = {"title": "Examen de printemps des grandes orientations", "short_title": "Examen de printemps"}


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    for module in (manage, views):
        monkeypatch.setattr(module, "now", lambda: make.TODAY)
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def seen_in(page: str) -> str:
    """The mark of the texts that a page shows."""
    found = re.search('name="seen"[^>]* value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def typed(desk: PageClient, meeting: Meeting, **texts: str) -> dict[str, str]:
    """What a browser sends from the page of the meeting's own texts."""
    return {"seen": seen_in(desk.get(f"{PAGE}/fr/meeting").text)} | {
        f"{name}_{meeting.id}": text for name, text in texts.items()
    }


def test_a_reader_gets_the_texts_of_their_language_and_of_the_others_with_their_language(
    desk: PageClient, meeting: Meeting
) -> None:
    french = typed(desk, meeting, **FRENCH, mandate="La résolution demande un examen.\n\nElle en fixe la date.")
    assert desk.post(f"{PAGE}/fr/meeting", data=french).status_code == 303

    page = desk.get("/meetings/spring/?language=fr").text
    assert f'<h1><bdi lang="fr">{FRENCH["title"]}</bdi></h1>' in page
    assert f"<title>{FRENCH['title']}" in page
    assert f'<bdi lang="fr">{FRENCH["short_title"]}</bdi>' in page
    assert "<p>La résolution demande un examen.</p><p>Elle en fixe la date.</p>" in page
    assert '<ol lang="en" dir="auto"><li>Review the action lines' in page  # nobody has written them in French
    english = desk.get("/meetings/spring/?language=en").text
    assert f'<h1><bdi lang="en">{meeting.title}</bdi></h1>' in english
    assert "<ol><li>Review the action lines" in english


def test_what_is_missing_is_counted_and_told(desk: PageClient, meeting: Meeting) -> None:
    make.session(meeting, title="Opening", summary="Welcome")
    make.category(meeting, name="Member State")  # the vocabulary has it in French
    make.category(meeting, name="Friends of the sea")
    make.room(meeting, name="Hall", where="")
    make.kept(Body(meeting_id=meeting.id, code="IWG", name="Working group"))

    assert "12 texts have no French" in desk.get("/meetings/spring/manage/settings/").text
    assert "12 texts have no French" in desk.get("/meetings/spring/manage/").text
    desk.post(f"{PAGE}/fr/meeting", data=typed(desk, meeting, **FRENCH))
    assert "10 texts have no French" in desk.get("/meetings/spring/manage/settings/").text
    index = desk.get(PAGE)
    assert "5 missing" in index.text  # of the meeting: city, venue, organization, mandate, objectives
    assert "Nothing is missing" in index.text  # of the documents


def test_texts_of_questions_are_counted_with_the_others(desk: PageClient, meeting: Meeting) -> None:
    before = number_without_french(desk)
    make_questions.question(meeting, kind="choice", help={"en": "By noon."}, choices=["Harbour", "Museum"])
    make_questions.question(meeting, label={"en": "Diet", "fr": "Régime"})
    assert number_without_french(desk) == before + 4
    index = desk.get(PAGE).text
    assert re.search(r'<th scope="row">Questions</th><td><a href="[^"]*/settings/questions">.*?4 missing', index)


def number_without_french(desk: PageClient) -> int:
    [number] = re.findall(r"(\d+) texts? ha(?:s|ve) no French", desk.get("/meetings/spring/manage/settings/").text)
    return int(number)


def test_of_a_meeting_in_one_language_nothing_is_missing(client: PageClient) -> None:
    meeting = make.meeting(slug="autumn")
    desk = client.sign_in(make.staff(meeting, "organizer"))
    assert "One language" in desk.get("/meetings/autumn/manage/settings/texts").text
    assert "have no" not in desk.get("/meetings/autumn/manage/").text
    assert desk.get("/meetings/autumn/manage/settings/texts/fr/meeting").status_code == 404


def test_a_text_that_is_emptied_is_missing_again_and_history_has_both(desk: PageClient, meeting: Meeting) -> None:
    desk.post(f"{PAGE}/fr/meeting", data=typed(desk, meeting, **FRENCH))
    desk.post(f"{PAGE}/fr/meeting", data=typed(desk, meeting, title="", short_title=""))
    db.session.expire_all()
    assert meeting.texts == {}
    assert "changed texts" in desk.get("/meetings/spring/manage/history").text


def test_two_organizers_at_once_lose_nothing(desk: PageClient, meeting: Meeting) -> None:
    first, second = typed(desk, meeting, **FRENCH), typed(desk, meeting, title="Autre titre")
    desk.post(f"{PAGE}/fr/meeting", data=first)
    answer = desk.post(f"{PAGE}/fr/meeting", data=second)

    assert answer.status_code == 409
    assert "Somebody changed these texts meanwhile" in answer.text
    assert "Autre titre" in answer.text
    db.session.expire_all()
    assert meeting.texts["fr"] == FRENCH
    again = second | {"seen": seen_in(answer.text)}
    assert desk.post(f"{PAGE}/fr/meeting", data=again).status_code == 303


def test_bad_input_keeps_what_was_typed(desk: PageClient, meeting: Meeting) -> None:
    answer = desk.post(f"{PAGE}/fr/meeting", data=typed(desk, meeting, title="x" * 301, city="Bangkok la belle"))
    assert answer.status_code == 422
    assert "300 characters" in answer.text
    assert "Bangkok la belle" in answer.text
    db.session.expire_all()
    assert meeting.texts == {}


def test_what_anybody_could_write_is_text(desk: PageClient, meeting: Meeting) -> None:
    desk.post(f"{PAGE}/fr/meeting", data=typed(desk, meeting, title="<b>{{7*7}}</b>"))
    assert '<bdi lang="fr">&lt;b&gt;{{7*7}}&lt;/b&gt;</bdi>' in desk.get("/meetings/spring/?language=fr").text


def test_a_closed_meeting_keeps_its_texts(desk: PageClient, meeting: Meeting) -> None:
    french = typed(desk, meeting, **FRENCH)
    with transaction():
        meeting.closed_at = make.TODAY
    assert desk.post(f"{PAGE}/fr/meeting", data=french).status_code == 409
    db.session.expire_all()
    assert meeting.texts == {}


def test_many_sessions_cost_no_more_queries_than_a_page_of_them(desk: PageClient, meeting: Meeting) -> None:
    for number in range(30):
        make.session(meeting, title=f"Session {number}")
    with counted() as few:
        page = desk.get(f"{PAGE}/fr/sessions")
    for number in range(30, 60):
        make.session(meeting, title=f"Session {number}")
    with counted() as many:
        page = desk.get(f"{PAGE}/fr/sessions")
    assert len(few) == len(many)
    assert page.text.count("<fieldset") == manage.A_PAGE


def test_a_language_with_texts_does_not_become_the_first(desk: PageClient, meeting: Meeting) -> None:
    with transaction():
        meeting.texts = {"fr": FRENCH}
    turned = of_meeting(replace(content_of(meeting), languages=("fr", "en")))
    with pytest.raises(Refused, match="Keep en first"), transaction():
        change_meeting(meeting, turned, by=None, at=make.TODAY)


def test_pages_of_information_are_counted_and_written_with_the_others(desk: PageClient, meeting: Meeting) -> None:
    whole = {"title": "Hotels", "text": "Beds."}
    row = make.kept(InformationPage(meeting_id=meeting.id, slug="hotels", texts={"en": whole}, position=1))
    make.kept(InformationPage(meeting_id=meeting.id, slug="visa", texts={"en": whole, "fr": whole}, position=2))
    page = f"{PAGE}/fr/information"
    before = missing_texts(meeting)["fr"]
    assert before["information"] == 2
    assert f"{sum(before.values())} texts have no French" in desk.get("/meetings/spring/manage/settings/").text

    sent = {"seen": seen_in(desk.get(page).text), f"text_{row.id}": "Des lits."}
    answer = desk.post(page, data=sent)
    assert answer.status_code == 422 and "Write a title too." in answer.text and "Des lits." in answer.text
    assert desk.post(page, data=sent | {f"title_{row.id}": "Hôtels"}).status_code == 303
    db.session.refresh(row)
    assert row.texts == {"en": whole, "fr": {"title": "Hôtels", "text": "Des lits."}} and row.version == 2
    assert missing_texts(meeting)["fr"]["information"] == 0


def translated(meeting: Meeting, **more: str) -> None:
    with transaction():
        change_texts(meeting, "fr", {**FRENCH, **more}, meeting=meeting, by=None, at=make.TODAY)


def renamed(meeting: Meeting, title: str) -> None:
    with transaction():
        meeting.title = title


def test_a_text_that_changed_since_its_translation_says_so_until_it_is_written_again(
    desk: PageClient, meeting: Meeting
) -> None:
    before = meeting.title
    translated(meeting)
    renamed(meeting, "Autumn review")
    renamed(meeting, "Autumn review, second part")
    assert meeting.changed_since == {"fr": {"title": before}}
    assert "1 text in French is older than what it translates" in desk.get("/meetings/spring/manage/settings/").text
    assert "1: English changed since" in desk.get(PAGE).text
    page = desk.get(f"{PAGE}/fr/meeting").text
    assert "English changed since" in page and before in page and page.count("Still right") == 1
    desk.post(f"{PAGE}/fr/meeting", data=typed(desk, meeting, **{**FRENCH, "title": "Examen d’automne"}))
    db.session.expire_all()
    assert meeting.changed_since == {} and "changed since" not in desk.get(PAGE).text


def test_it_is_still_right_or_the_change_is_taken_back(desk: PageClient, meeting: Meeting) -> None:
    before = meeting.title
    translated(meeting)
    renamed(meeting, "Autumn review")
    desk.post(f"{PAGE}/fr/meeting", data=typed(desk, meeting, **FRENCH))
    db.session.expire_all()
    assert meeting.changed_since == {"fr": {"title": before}}  # saving something else says nothing of it
    desk.post(f"{PAGE}/fr/meeting", data={**typed(desk, meeting, **FRENCH), f"right_title_{meeting.id}": "y"})
    db.session.expire_all()
    assert meeting.changed_since == {} and "confirmed texts" in desk.get("/meetings/spring/manage/history").text
    renamed(meeting, "Winter review")
    renamed(meeting, "Autumn review")
    assert meeting.changed_since == {}


def test_older_texts_of_parts_are_counted_in_one_query(desk: PageClient, meeting: Meeting) -> None:
    for number in range(3):
        session = make.session(meeting, title=f"Session {number}", summary="")
        with transaction():
            session.texts = {"fr": {"title": f"Séance {number}"}}
    with counted() as few:
        assert older_texts(meeting)["fr"]["sessions"] == 0
    with transaction():
        for session in db.session.scalars(select(Session)):
            session.title = f"{session.title} moved"
        meeting.objectives = [*meeting.objectives, "Another"]
    with counted() as many:
        found = older_texts(meeting)["fr"]
    assert found == {**dict.fromkeys(found, 0), "sessions": 3} and len(few) == len(many)


def test_a_page_that_was_opened_before_the_first_language_changed_is_not_saved(
    desk: PageClient, meeting: Meeting
) -> None:
    french = typed(desk, meeting, **FRENCH)
    renamed(meeting, "Autumn review")
    assert desk.post(f"{PAGE}/fr/meeting", data=french).status_code == 409


def test_a_page_of_information_changed_since_too(desk: PageClient, meeting: Meeting) -> None:
    texts = {code: {"title": "Hotels", "text": "Beds."} for code in ("en", "fr")}
    row = make.kept(InformationPage(meeting_id=meeting.id, slug="hotels", texts=texts, position=1))
    with transaction():
        row.texts = {**texts, "en": {"title": "Hotels", "text": "No beds."}}
    assert row.changed_since == {"fr": {"text": "Beds."}} and older_texts(meeting)["fr"]["information"] == 1


def drafted(meeting: Meeting) -> Message:
    return make_messages.draft(meeting, "Dear {name}", "For {name}")


def test_texts_of_drafts_and_announcements_are_counted_and_written(desk: PageClient, meeting: Meeting) -> None:
    message, before = drafted(meeting), missing_texts(meeting)["fr"]
    times = {"starts_at": make.TODAY, "ends_at": make.TODAY + timedelta(days=1), "written_at": make.TODAY}
    words = {"en": {"text": "The room changes."}}
    for state in ("shown", "over"):
        row = make.kept(Announcement(meeting_id=meeting.id, texts=words, state=state, **times))
    assert (before["messages"], missing_texts(meeting)["fr"]["announcements"]) == (2, 1)

    page = desk.get(f"{PAGE}/fr/messages").text
    typed = {"seen": seen_in(page), f"subject_{message.id}": "Pour {nom}", f"text_{message.id}": "Cher {name}"}
    assert "There is no {nom}." in desk.post(f"{PAGE}/fr/messages", data=typed).text
    assert "Write a subject too." in desk.post(f"{PAGE}/fr/messages", data={**typed, f"subject_{message.id}": ""}).text
    typed[f"subject_{message.id}"] = "Pour {name}"
    assert desk.post(f"{PAGE}/fr/messages", data=typed).status_code == 303
    db.session.refresh(message)
    assert message.texts["fr"] == {"subject": "Pour {name}", "text": "Cher {name}"}
    assert (message.version, missing_texts(meeting)["fr"]["messages"]) == (2, 0)
    assert f"text_{row.id}" not in desk.get(f"{PAGE}/fr/announcements").text  # it is over


def test_a_message_that_was_sent_meanwhile_stays_as_it_left(desk: PageClient, meeting: Meeting) -> None:
    make.registration(meeting)
    message = drafted(meeting)
    page = desk.get(f"{PAGE}/fr/messages").text
    sender = make.person("Sender")
    with transaction():
        send(message, by=sender, at=make.TODAY)
    typed = {"seen": seen_in(page), f"subject_{message.id}": "Pour", f"text_{message.id}": "Cher"}
    assert desk.post(f"{PAGE}/fr/messages", data=typed).status_code == 409
    db.session.refresh(message)
    assert set(message.texts) == {"en"} and missing_texts(meeting)["fr"]["messages"] == 0
