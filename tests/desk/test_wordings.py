"""The letters of a meeting in words of its own."""

from http import HTTPStatus
from pathlib import Path

import pytest
from sqlalchemy import select

from eventapp.desk.mails import role_granted
from eventapp.ground.db import db, transaction
from eventapp.ground.text.languages import LANGUAGES
from eventapp.mail.models import Letter
from eventapp.mail.placeholders import WORD
from eventapp.meetings.mails import REWORDED
from eventapp.meetings.models import STEWARD, Meeting, Staff
from eventapp.meetings.wordings.letters import KINDS
from eventapp.meetings.wordings.models import Wording
from eventapp.meetings.wordings.shipped import shipped
from tests import make, make_questions, make_registration
from tests.browserless import PageClient
from tests.make import TODAY

HERE = "/meetings/spring/manage/wordings"
OWN = {"subject": "Welcome {name}", "text": "Dear {name}, {{7*7}}\n\nCode {code}\n\nLook\n{link}"}


@pytest.fixture
def meeting(app: object) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, "organizer"))


def newest() -> Letter:
    db.session.expire_all()
    return db.session.scalars(select(Letter).order_by(Letter.id.desc())).first() or pytest.fail("no letter")


def test_a_letter_is_written_in_the_words_of_the_meeting_until_they_are_reset(
    desk: PageClient, meeting: Meeting
) -> None:
    assert desk.post(f"{HERE}/approved/en", data=OWN).status_code == HTTPStatus.SEE_OTHER
    one = make_registration.confirmed(meeting, record_name="Ms. <b>Ada</b> {code}")
    letter = newest()
    assert letter.subject == "Welcome Ms. <b>Ada</b> {code}"
    assert "{{7*7}}" in letter.text and "Look\nhttp://localhost/registrations/" in letter.text
    assert "&lt;b&gt;Ada" in letter.html and "<b>Ada</b>" not in letter.html
    assert 'src="cid:' in letter.html and letter.enclosures[0].name == "entry-code.png"
    assert "Own words" in desk.get(HERE).text
    desk.post(f"{HERE}/approved/en/reset")
    make_registration.confirmed(meeting, one.category)
    assert newest().subject == "You have a place: Spring review"
    assert desk.post(f"{HERE}/approved/en/reset").status_code == HTTPStatus.CONFLICT


LETTERS = [(letter, tongue) for letter in KINDS for tongue in LANGUAGES]


@pytest.mark.parametrize(("letter", "tongue"), LETTERS)
def test_the_shipped_words_stand_in_the_form_and_can_be_saved(desk: PageClient, letter: str, tongue: str) -> None:
    kind = KINDS[letter]
    subject, text = shipped(letter, tongue)
    used = set(WORD.findall(subject + text))
    assert "name" in used and used <= set(kind.words) and set(kind.needed) <= used
    assert desk.post(f"{HERE}/{letter}/{tongue}", data={"subject": subject, "text": text}).status_code == 303
    assert "<textarea" in desk.get(f"{HERE}/{letter}/{tongue}").text


def test_every_letter_is_on_the_list() -> None:
    """But those with which people sign in, the message that an organizer writes, and the frame of own words."""
    root = Path(__file__).parents[2] / "templates"
    there = {path.relative_to(root).as_posix() for path in root.glob("*/mail/*.txt")}
    apart = {name for name in there if name.startswith("people/")} | {"messages/mail/message.txt", REWORDED}
    assert there - apart == {kind.template for kind in KINDS.values()}


def test_a_letter_to_staff_has_the_words_of_the_meeting(desk: PageClient, meeting: Meeting) -> None:
    words = {"subject": "{meeting}", "text": "{name}, {{7*7}}\n\nGo\n{link}"}
    assert desk.post(f"{HERE}/steward/ar", data=words).status_code == HTTPStatus.SEE_OTHER
    person = make.person("{link}")
    person.language = "ar"
    db.session.add(staff := Staff(meeting=meeting, person=person, role=STEWARD, granted_at=TODAY))
    letter = role_granted(staff)
    assert letter.text.startswith("{link}, {{7*7}}\n\nGo\nhttp://localhost/meetings/spring/door")
    assert (letter.subject, letter.kind) == (meeting.title, KINDS["steward"].template)


def test_own_words_of_an_approval_still_name_the_questions(desk: PageClient, meeting: Meeting) -> None:
    make_questions.question(meeting, stage="approved")
    desk.post(f"{HERE}/approved/en", data=OWN)
    one = make_registration.confirmed(meeting)
    added = "There is one more thing: the secretariat asks you 1 question on your page."
    assert newest().text.endswith(f"{added}\n")
    desk.post(f"{HERE}/approved/en", data={**OWN, "text": "{questions}\n\n{code}"})
    make_registration.confirmed(meeting, one.category)
    assert newest().text.startswith(added) and newest().text.count(added) == 1


def test_confirming_still_works_in_other_words(desk: PageClient, meeting: Meeting) -> None:
    desk.post(f"{HERE}/confirm_address/en", data={"subject": "Confirm", "text": "Press\n{link}"})
    make_registration.asked(meeting)
    letter = newest()
    link = next(line for line in letter.text.split("\n") if line.startswith("http"))
    assert desk.get(link.removeprefix("http://localhost")).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"text": "Dear {nme} {code}"}, "There is no {nme}. Did you mean {name}?"),
        ({"text": "Dear {name}"}, "This letter needs {code}"),
        ({"subject": ""}, "Enter a subject."),
        ({"subject": "{zzz}"}, "There is no {zzz}."),
        ({"text": "{code}" + "x" * 100_000}, "characters or less"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(desk: PageClient, typed: dict[str, str], words: str) -> None:
    answer = desk.post(f"{HERE}/approved/en", data={**OWN, **typed})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY and words in answer.text
    assert not db.session.scalars(select(Wording)).all()


def test_there_is_no_other_letter_or_language(desk: PageClient) -> None:
    for path in ("clearance/xx", "approved/xx", "nothing/en"):
        assert desk.get(f"{HERE}/{path}").status_code == HTTPStatus.NOT_FOUND


def test_it_is_shown_as_its_readers_get_it_before_it_is_saved(desk: PageClient, meeting: Meeting) -> None:
    assert "Nobody has registered yet." in desk.get(f"{HERE}/approved/fr").text
    for name, language in (("Ms. Ada", "en"), ("M. Zola", "fr"), ("Ms. Grace", "en"), ("Ms. Late", "en")):
        person = make.person(name)
        with transaction():
            person.language = language
        make.registration(meeting, person=person, record_name=name)
    page = desk.get(f"{HERE}/approved/fr").text
    assert "Vous avez une place" in page and page.index("M. Zola") < page.index("Ms. Ada") and "Ms. Late" not in page
    typed = {"act": "preview", "subject": "Pour {name}", "text": "Bonjour {name}\n\n{code} {number}\n\nOuvrir\n{link}"}
    page = desk.post(f"{HERE}/approved/fr", data=typed).text
    assert "<b>Pour M. Zola</b>" in page and '<span class="do">Ouvrir</span>' in page
    assert "Bonjour M. Zola\n\n… R-" in page and "http://localhost/registrations/…" in page
    assert "This letter needs" in desk.post(f"{HERE}/approved/fr", data={**typed, "text": "x"}).text
    assert not db.session.scalars(select(Wording)).all()


def test_a_letter_about_a_session_names_one(desk: PageClient, meeting: Meeting) -> None:
    role = make.role(make.session(meeting, title="Opening of the week"), person=make.person("Ms. Ada"))
    make.registration(meeting, person=role.person, record_name="Ms. Ada")
    page = desk.get(f"{HERE}/role_asked/en").text
    assert "Opening of the week" in page and "[title of the session]" not in page
    assert "[text of the note]" in desk.get(f"{HERE}/note_changed/en").text


def test_a_test_goes_to_whoever_asks_and_saves_nothing(desk: PageClient) -> None:
    typed = {"act": "test", "subject": "Pour {name}", "text": "Bonjour\n\n{code}"}
    page = desk.post(f"{HERE}/approved/fr", data=typed).text
    assert "A test is on its way to you." in page and "Bonjour" in page
    made = newest()
    assert (made.subject, made.language) == ("Essai : Pour Organizer", "fr")
    assert made.to == db.session.scalars(select(Staff)).one().person.email
    assert not db.session.scalars(select(Wording)).all()
