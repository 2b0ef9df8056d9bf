"""The letters of a registration in the words of a meeting."""

from http import HTTPStatus

import pytest
from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.registration.wordings.letters import KINDS, shipped
from eventapp.registration.wordings.models import Wording
from tests import make, make_registration
from tests.browserless import PageClient

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


@pytest.mark.parametrize("letter", KINDS)
@pytest.mark.parametrize("tongue", ["en", "fr", "ar"])
def test_the_shipped_words_stand_in_the_form_and_can_be_saved(
    desk: PageClient, meeting: Meeting, letter: str, tongue: str
) -> None:
    subject, text = shipped(letter, meeting, tongue)
    assert "{name}" in text and "{token}" not in text
    assert desk.post(f"{HERE}/{letter}/{tongue}", data={"subject": subject, "text": text}).status_code == 303
    assert "<textarea" in desk.get(f"{HERE}/{letter}/{tongue}").text


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
    for path in ("personal/en", "approved/xx", "nothing/en"):
        assert desk.get(f"{HERE}/{path}").status_code == HTTPStatus.NOT_FOUND
