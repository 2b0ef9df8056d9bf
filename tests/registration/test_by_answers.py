"""Registrations, messages and badges by what people answered to the meeting's own questions."""

from http import HTTPStatus

import pytest
from sqlalchemy import select

from eventapp.badges.queries import Choice, chosen_by_category
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.messages.audience import audience_from
from eventapp.messages.models import Message
from eventapp.messages.queries import reach_of
from eventapp.registration.answers.models import Answer
from eventapp.registration.lists.by_answers import MOST, in_one
from eventapp.registration.lists.listing import numbers_in_order, read_look, rows_of
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make_questions import question

FETCHED = {"X-Fetched-By": "count"}
HERE = "/meetings/spring/manage"


@pytest.fixture
def meeting(app: object) -> Meeting:
    """One in which Ada answered everything, Bea chose otherwise, and Cy nothing."""
    meeting = make.meeting(slug="spring")
    questions = [
        question(meeting, kind="choice", label={"en": "Visit"}, choices=("Bus", "Boat")),
        question(meeting, kind="several", label={"en": "Meals"}, choices=("Lunch", "Dinner")),
        question(meeting, kind="yes_no", label={"en": "First time"}),
        question(meeting, kind="country", label={"en": "Visa from"}),
        question(meeting, label={"en": "Flight"}),
    ]
    ada, bea, _cy = (
        make.registration(meeting, record_name=f"Ms. {name}", family_name=name) for name in ("Ada", "Bea", "Cy")
    )
    said = {ada: (["1"], ["1", "2"], ["yes"], ["THA"], ["1"]), bea: (["2"], ["2"], ["no"], ["FJI"], [])}
    with transaction():
        for one, given in said.items():
            for asked, values in zip(questions, given, strict=True):
                for value in values:
                    where = {"text": value} if asked.kind in {"country", "text"} else {"choice": value}
                    db.session.add(
                        Answer(registration=one, question=asked, wording=asked.wording, at=make.TODAY, **where)
                    )
    return meeting


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, "organizer"))


ASKED = [
    ("q1:1", "Ada"),
    ("q2:2", "Ada Bea"),
    ("q2:1", "Ada"),
    ("q3:no", "Bea"),
    ("q4:FJI", "Bea"),
    ("q1:-", "Cy"),
    ("q1:2,q1:-", "Bea Cy"),
    ("q2:2,q3:yes", "Ada"),
    ("q1:1,q1:2", "Ada Bea"),
    ("q1:9", ""),
    ("q99:-", "Ada Bea Cy"),
    ("q1", "Ada Bea Cy"),
    ("q1:'--,x:1", "Ada Bea Cy"),
]


@pytest.mark.parametrize(("asked", "names"), ASKED)
def test_the_same_people_everywhere(meeting: Meeting, asked: str, names: str) -> None:
    another = make.meeting(slug="autumn")
    question(another, kind="choice", choices=("Bus", "Boat"))
    found = rows_of(meeting, numbers_in_order(meeting, read_look({"state": "everyone", "answer": asked})))
    assert " ".join(sorted(row.registration.family_name for row in found)) == names
    count = len(names.split())
    assert reach_of(meeting, audience_from({"answer": asked})).count == count
    assert sum(chosen_by_category(meeting, Choice(answer=asked)).values()) == count


def test_no_more_answers_than_a_page_needs() -> None:
    assert in_one([f"q{number}:1" for number in range(1, 900)]).count(",") == MOST - 1


def test_the_list_offers_each_question_that_has_answers_to_choose(desk: PageClient) -> None:
    page = desk.get(f"{HERE}/registrations?state=everyone&answer=q1:1&answer=&answer=q4:FJI").text
    assert '<option value="q1:1" selected>Bus' in page and '<option value="q4:FJI" selected>Fiji' in page
    assert '<option value="q2:2">Dinner' in page and "Flight</bdi>" not in page
    assert "Nobody fits" in page and 'name="answer" value="q1:1,q4:FJI"' not in page
    page = desk.get(f"{HERE}/registrations?state=everyone&answer=q1:1&answer=q3:yes", headers=FETCHED).text
    assert "answer=q1:1,q3:yes" in page.replace("%3A", ":").replace("%2C", ",") and "Ms. Ada" in page


def test_a_message_counts_while_one_chooses(desk: PageClient) -> None:
    desk.lint = False  # a part of a page
    part = desk.get(f"{HERE}/messages/count?state=approved&answer=q1:1&answer=q3:yes", headers=FETCHED).text
    assert "<b" in part and ">1</b>" in part and "Ms. Ada" in part and "Bea" not in part and "<html" not in part
    assert (
        "and 3 more" not in desk.get(f"{HERE}/messages/count?state=nonsense&q=%00&tag=x&room=9", headers=FETCHED).text
    )


def test_the_button_counts_saves_nothing_and_keeps_what_was_typed(desk: PageClient, meeting: Meeting) -> None:
    typed = {"state": "approved", "answer": ["", "q1:2"], "subject_en": "Bo", "text_en": "Half a", "do": "count"}
    answer = desk.post(f"{HERE}/messages", data=typed)
    assert answer.status_code == HTTPStatus.OK and "Ms. Bea" in answer.text and "Half a" in answer.text
    assert not db.session.scalars(select(Message)).all()
    more = {**typed, "text_en": "All of it", "need": "no", "when": "now", "do": "draft"}
    assert desk.post(f"{HERE}/messages", data=more).status_code == HTTPStatus.SEE_OTHER
    message = db.session.scalars(select(Message)).one()
    assert message.audience["answer"] == "q1:2"
    assert '<option value="q1:2" selected>' in desk.get(f"{HERE}/messages/{message.id}").text
    counted = desk.post(f"{HERE}/messages/{message.id}", data={**typed, "answer": "q3:yes"}).text
    assert "Ms. Ada" in counted and message.audience["answer"] == "q1:2"


def test_badges_are_printed_for_the_same_choice(desk: PageClient) -> None:
    page = desk.get(f"{HERE}/badges?answer=q1:2&answer=").text
    assert "1 of 3 approved are chosen" in page and 'name="answer" value="q1:2"' in page
    assert desk.post(f"{HERE}/badges.pdf", data={"answer": "q1:2", "size": "a6"}).status_code < HTTPStatus.BAD_REQUEST
    assert "0 of 3 approved are chosen" in desk.get(f"{HERE}/badges?answer=q1:2").text


def test_only_organizers_count(client: PageClient, meeting: Meeting) -> None:
    one = db.session.scalars(select(Registration)).first()
    assert one and client.sign_in(one.person).get(f"{HERE}/messages/count").status_code == HTTPStatus.NOT_FOUND
