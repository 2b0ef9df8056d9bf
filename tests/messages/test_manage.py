from datetime import timedelta
from http import HTTPStatus

import pytest
from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.messages import manage
from eventapp.messages.audience import Audience
from eventapp.messages.log import manage as log
from eventapp.messages.models import Message
from eventapp.people.models import Person
from tests import make, make_messages
from tests.browserless import PageClient

HERE = "/meetings/spring/manage/messages"
TYPED = {
    "state": "approved",
    "subject_en": "For {name}",
    "text_en": "Dear {name}, {{7*7}}",
    "need": "no",
    "when": "now",
    "do": "draft",
}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (manage, log):
        monkeypatch.setattr(room, "now", lambda: make.TODAY)


@pytest.fixture
def meeting(app: object) -> Meeting:
    meeting = make.meeting(slug="spring", languages=["en", "fr"])
    make.registration(meeting, record_name="Ms. Grace Hopper")
    return meeting


@pytest.fixture
def organizer(meeting: Meeting) -> Person:
    return make.staff(meeting, "organizer")


@pytest.fixture
def desk(client: PageClient, organizer: Person) -> PageClient:
    return client.sign_in(organizer)


def the_message() -> Message:
    db.session.expire_all()
    return db.session.scalars(select(Message)).one()


def test_written_seen_and_sent(desk: PageClient, meeting: Meeting) -> None:
    answer = desk.post(HERE, data=TYPED)
    assert answer.status_code == HTTPStatus.SEE_OTHER
    page = desk.get(answer.location).text
    assert "Dear Ms. Grace Hopper, {{7*7}}" in page and "The draft is saved" in page
    assert "Ms. Grace Hopper" in desk.get(f"{answer.location}/people").text
    assert "Send it to 1 person" in desk.get(f"{answer.location}/sending").text
    assert the_message().state == "draft"
    desk.post(f"{answer.location}/sending")
    make_messages.worked()
    letter = db.session.scalars(select(Letter)).one()
    assert (letter.subject, letter.to_name) == ("For Ms. Grace Hopper", "Ms. Grace Hopper")
    log = desk.get(answer.location).text
    assert "Waiting" in log and "Ms. Grace Hopper" in log
    verbs = db.session.scalars(select(Entry.verb).where(Entry.thing == "message").order_by(Entry.number))
    assert list(verbs) == ["wrote a message", "sent a message"]


def test_a_misspelt_word_is_named_beside_the_field_and_nothing_is_saved(desk: PageClient) -> None:
    answer = desk.post(HERE, data={**TYPED, "text_en": "Dear {nme}", "subject_fr": "Pour {zzz}"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "There is no {nme}. Did you mean {name}?" in answer.text and "There is no {zzz}." in answer.text
    assert "Dear {nme}" in answer.text
    assert not db.session.scalars(select(Message)).all()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"subject_en": ""}, "Write the subject in English."),
        ({"text_fr": "Bonjour"}, "Write a subject too."),
        ({"when": "later", "at": "soon"}, "Write a day and a time, such as 4 Oct 2016 09:00"),
        ({"by_hand": "R-0001, Ada"}, "This is no registration number: Ada."),
        ({"by_hand": "Ada, R-0001; Bo Ada"}, "These are no registration numbers: Ada, Bo."),
        ({"text_en": "x" * 100_000}, "characters or less"),
        ({"need": "perhaps"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(desk: PageClient, typed: dict[str, str], words: str) -> None:
    answer = desk.post(HERE, data={**TYPED, **typed})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in answer.text
    assert not db.session.scalars(select(Message)).all()


def test_two_who_change_one_draft(desk: PageClient, meeting: Meeting) -> None:
    message = make_messages.draft(meeting)
    desk.post(f"{HERE}/{message.id}", data={**TYPED, "version": "1", "subject_en": "First"})
    answer = desk.post(f"{HERE}/{message.id}", data={**TYPED, "version": "1", "subject_en": "Second"})
    assert answer.status_code == HTTPStatus.CONFLICT and "Somebody changed this draft meanwhile" in answer.text
    assert the_message().subject == "First"
    desk.post(f"{HERE}/{message.id}", data={**TYPED, "version": "2", "subject_en": "Second"})
    assert the_message().subject == "Second"


def test_a_test_goes_to_whoever_writes(desk: PageClient, organizer: Person) -> None:
    french = {"subject_fr": "Pour {name}", "text_fr": "Chère {name}, {registration_link}"}
    desk.post(HERE, data={**TYPED, **french, "do": "test"})
    letters = db.session.scalars(select(Letter)).all()
    assert {one.to for one in letters} == {organizer.email}
    assert min(one.subject for one in letters).startswith("Essai")
    assert all("/registrations/" not in one.text for one in letters)


def test_a_second_person_reads_it(desk: PageClient, meeting: Meeting, client: PageClient) -> None:
    desk.post(f"{HERE}/rules", data={"needs_review": "yes"})
    message = make_messages.draft(meeting)
    where = f"{HERE}/{message.id}/sending"
    assert desk.post(where).status_code == HTTPStatus.CONFLICT
    desk.post(where, data={"do": "review"})
    assert the_message().state == "review"
    assert desk.post(where).status_code == HTTPStatus.CONFLICT
    client.sign_in(make.staff(meeting, "organizer", make.person("Second")))
    assert "Go on to send" in client.get(f"{HERE}/{message.id}").text
    client.post(where)
    assert the_message().state == "sending"


def test_planned_and_taken_back(desk: PageClient, meeting: Meeting) -> None:
    desk.post(HERE, data={**TYPED, "when": "later", "at": "2026-03-03 09:00"})
    message = the_message()
    assert message.send_at == make.TODAY + timedelta(days=1)
    desk.post(f"{HERE}/{message.id}/sending")
    assert the_message().state == "scheduled"
    assert "3 March 2026, 09:00 (Bangkok, UTC+7)" in desk.get(f"{HERE}/{message.id}").text
    desk.post(f"{HERE}/{message.id}/back")
    assert the_message().state == "draft"
    assert desk.post(f"{HERE}/{message.id}/removal").status_code == HTTPStatus.SEE_OTHER
    assert not db.session.scalars(select(Message)).all()


def test_a_message_to_nobody_is_refused(desk: PageClient, meeting: Meeting) -> None:
    message = make_messages.draft(meeting, audience=Audience(state="declined"))
    answer = desk.post(f"{HERE}/{message.id}/sending")
    assert answer.status_code == HTTPStatus.CONFLICT and "Nobody gets this message" in answer.text


def test_another_like_it(desk: PageClient, meeting: Meeting) -> None:
    message = make_messages.sent(meeting, "Bring an umbrella.", "About the rain")
    assert "Bring an umbrella." in desk.get(f"{HERE}/new?like={message.id}").text


def test_a_meeting_without_english_writes_in_its_languages(client: PageClient) -> None:
    autumn = make.meeting(slug="autumn", languages=["fr", "ar"])
    for language in ("en", "fr", "ar"):
        person = make.kept(
            Person(name=language, email=f"{language}@example.org", language=language, known_since=make.TODAY)
        )
        make.registration(autumn, person=person)
    desk, here = client.sign_in(make.staff(autumn, "organizer")), "/meetings/autumn/manage/messages"
    page = desk.get(f"{here}/new").text
    assert "text_en" not in page and "these readers get the text in French" in page
    words = {key: value for key, value in TYPED.items() if not key.endswith("_en")}
    assert "Write the subject in French." in desk.post(here, data={**words, "text_ar": "مرحبا", "subject_ar": "م"}).text
    typed = {**words, "subject_fr": "Pour {name}", "subject_ar": "إلى {name}", "text_ar": "مرحبا"}
    assert desk.post(here, data=typed).status_code == HTTPStatus.SEE_OTHER
    where = f"{here}/{the_message().id}"
    assert "Write the text in French first" in desk.post(f"{where}/sending").text
    desk.post(where, data={**typed, "text_fr": "Bonjour", "version": "1"})
    assert "<h1>Pour {name}</h1>" in desk.get(where).text
    assert desk.post(f"{where}/sending").status_code == HTTPStatus.SEE_OTHER
    assert '<h1><bdi lang="fr">Pour' in desk.get(where).text
    make_messages.worked()
    letters = db.session.scalars(select(Letter).where(Letter.kind.startswith("messages/"))).all()
    assert {one.to: one.language for one in letters} == {
        "ar@example.org": "ar",
        "en@example.org": "fr",
        "fr@example.org": "fr",
    }
