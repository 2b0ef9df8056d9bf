"""Answers to questions of the meeting's own on its badges: chosen, looked at, printed."""

import re

import pytest
from flask import Flask

from eventapp.badges.answers import answers_on
from eventapp.badges.layouts.actions import keep_layout
from eventapp.badges.layouts.longest import longest_badges
from eventapp.badges.printing.layouts import Design, Size
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.questions.models import Question
from eventapp.registration.answers.models import Answer
from eventapp.registration.models import APPROVED, Registration
from tests import make
from tests.badges.reading import texts
from tests.browserless import PageClient
from tests.make_questions import question

BADGES = "/meetings/spring/manage/badges"
SOUND = {"size": "a6", "wide": "", "high": "", "parts": ["code"], "sides": "one"}


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring", short_title="Spring review", languages=["fr", "en"])


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


def answered(one: Registration, asked: Question, *values: str) -> None:
    with transaction():
        for value in values:
            where = {"choice": value} if asked.kind in {"choice", "several", "yes_no"} else {"text": value}
            db.session.add(Answer(registration=one, question=asked, wording=asked.wording, at=make.TODAY, **where))


def test_an_answer_is_printed_in_the_language_of_the_badge(organizer: PageClient, meeting: Meeting) -> None:
    meals = question(meeting, kind="several", label={"fr": "Repas"}, choices=("Sans viande", "Sans gluten"))
    first = question(meeting, kind="yes_no", label={"fr": "Première fois"})
    table = question(meeting, kind="number", label={"fr": "Table ?"})
    ada, bea = (make.registration(meeting, badge_name=name, state=APPROVED) for name in ("Ada Byron", "Bea Mora"))
    answered(ada, meals, "1", "2")
    answered(ada, first, "yes")
    answered(ada, table, "7")
    answered(bea, first, "no")
    codes = [meals.code, first.code, table.code]

    assert organizer.post(f"{BADGES}/layout", data={**SOUND, "parts": ["code", *codes[:2]]}).status_code == 303

    db.session.expire_all()
    assert Design.of(meeting.badge_layout) == Design(Size.A6, ("code", *codes[:2]))
    assert "Answer: Repas" in organizer.get(f"{BADGES}/layout").text
    assert "QR code for the door, Repas, Première fois" in organizer.get(f"{BADGES}/layouts").text
    shown = organizer.get(BADGES).text
    assert "Sans viande, Sans gluten" in shown and shown.count("Première fois</p>") == 1 and "Table" not in shown
    pages = texts(organizer.post(f"{BADGES}.pdf", data={}).data)
    assert ["Sans viande, Sans gluten" in page for page in pages] == [True, False]
    assert ["Première fois" in page for page in pages] == [True, False], "a no says nothing"
    assert [one.words for one in answers_on(meeting, [ada.id], [table.code])[ada.id]] == ["Table: 7"]
    [entry] = db.session.query(Entry).filter_by(verb="changed the layout of badges")
    assert entry.detail["after"] == "A6: Name, QR code for the door, Repas, Première fois"


def test_what_is_long_sealed_or_a_file_is_not_offered(organizer: PageClient, meeting: Meeting) -> None:
    never = [
        question(meeting, kind="long_text", label={"en": "Biography"}),
        question(meeting, kind="file", label={"en": "Ticket"}),
        question(meeting, kind="agreement", label={"en": "Rules"}, agreement={"en": "I agree."}),
        question(meeting, label={"en": "Passport"}, stage="approved"),
        question(meeting, label={"en": "Of an input"}, stage="input"),
    ]
    assert "Answer:" not in organizer.get(f"{BADGES}/layout").text
    answer = organizer.post(f"{BADGES}/layout", data={**SOUND, "parts": [never[0].code]})
    assert answer.status_code == 422
    person = make.registration(meeting, state=APPROVED)
    answered(person, never[3], "X1234")
    assert answers_on(meeting, [person.id], [never[3].code]) == {}


@pytest.mark.parametrize("facts", [{"is_personal": True}, {"stage": "desk"}])
def test_what_is_personal_is_printed_only_where_that_was_ticked(
    organizer: PageClient, meeting: Meeting, facts: dict[str, object]
) -> None:
    asked = question(meeting, label={"en": "Allergies"}, **facts)
    typed = {**SOUND, "parts": ["code", asked.code]}

    answer = organizer.post(f"{BADGES}/layout", data=typed)

    assert answer.status_code == 422
    assert "leave out what is personal or seen by organizers alone: “Allergies”" in answer.text
    db.session.expire_all()
    assert meeting.badge_layout == {}
    assert organizer.post(f"{BADGES}/layout", data={**typed, "for_all": "y"}).status_code == 303
    db.session.expire_all()
    assert Design.of(meeting.badge_layout).questions == (asked.code,)
    [box] = re.findall('<input [^>]*name="for_all"[^>]*>', organizer.get(f"{BADGES}/layout").text)
    assert "checked" in box


def test_more_answers_than_there_is_room_for_are_refused(organizer: PageClient, meeting: Meeting) -> None:
    codes = [question(meeting, label={"en": f"Question {n}"}).code for n in range(5)]
    answer = organizer.post(f"{BADGES}/layout", data={**SOUND, "parts": codes})
    assert answer.status_code == 422 and "Choose 4 answers or fewer for one side." in answer.text


def test_the_longest_answer_is_looked_at_before_printing(organizer: PageClient, meeting: Meeting) -> None:
    post = question(meeting, label={"en": "Post"})
    meal = question(meeting, kind="several", label={"en": "Meal"}, choices=("No meat", "No nuts", "No gluten"))
    short, long = (make.registration(meeting, number=n, badge_name="Ada", state=APPROVED) for n in (1, 2))
    answered(short, post, "Clerk")
    answered(long, post, "Directrice " * 40)
    answered(short, meal, "1", "2")
    answered(long, meal, "3")

    found = longest_badges(meeting, None, [post.code, meal.code])

    assert [(one.title, one.reference) for one, _face in found if one.question] == [
        ("Post", "R-0002"),
        ("Meal", "R-0001"),
    ]
    samples = [face for one, face in found if not one.reference]
    assert samples and samples[0].answers[1].words == "No meat, No nuts, No gluten"
    page = organizer.post(f"{BADGES}/layout", data={**SOUND, "size": "card", "parts": [post.code], "look": "y"}).text
    assert "<h3>Post</h3>" in page and "Answers: it " in page


def test_a_letter_that_no_font_has_is_named_before_printing(organizer: PageClient, meeting: Meeting) -> None:
    post = question(meeting, label={"en": "Post"})
    for _each in range(9):  # the last is not among those drawn on the page
        last = make.registration(meeting, family_name="Zorn", state=APPROVED)
    answered(last, post, "Chief \U0001e900")
    assert "U+1E900" not in organizer.get(BADGES).text, "no layout prints it"
    with transaction():
        keep_layout(meeting, None, Design(Size.A6, (post.code,)), by=None, at=make.TODAY)
    assert f"in the answers of {last.reference}" in organizer.get(BADGES).text
