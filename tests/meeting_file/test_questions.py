"""Questions in a meeting file: read, written back, each fault at its line, and brought to a meeting."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from eventapp.ground.db import db, transaction
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import read
from eventapp.meeting_file.writer import write
from eventapp.meetings.arriving.coming import Objected
from eventapp.questions import actions
from eventapp.questions.queries import every_question_ever, question_named, questions_of
from eventapp.registration.answers.queries import given
from tests import make
from tests.make_questions import condition, content, question
from tests.make_registration import confirmed
from tests.meeting_file.test_actions import loaded, the_meeting
from tests.meeting_file.test_reader import SMALL, faults_in

IN_TIME = datetime(2016, 8, 1, tzinfo=UTC)
HEAD = (
    SMALL.replace("capacity: 20\n", "capacity: 20\nlanguages: [en, fr]\n")
    + """\
categories:
  - {code: NGO, name: Civil society, stakeholder_type: civil-society, represents: organization, colour: "#123f7a",
     ink: "#ffffff", letter: N, shape: square, protocol_order: 1, needs_approval: no}
"""
)
QUESTIONS = """\
questions:
  - code: q1
    kind: choice
    label: Will you join the visit?
    categories: [NGO]
    required: yes
    choices:
      - code: 1
        label: Yes, by bus
        places: 40
        texts:
          - {language: fr, label: Oui}
      - {code: 2, label: No}
    texts:
      - {language: fr, label: "La visite ?"}
  - code: q2
    kind: text
    label: Shoe size
    personal: yes
    retention_days: 7
    match: any
    conditions:
      - {question: q1, answer: 1}
      - {question: q1, compared: is_not, answer: 2}
  - code: q4
    kind: agreement
    stage: approved
    label: The rules
    agreement: |
      No drones.
      No dogs.
"""


def test_questions_are_made_from_a_file_and_written_back(app: Flask) -> None:
    assert "question q1: added" in loaded(HEAD + QUESTIONS)
    meeting = the_meeting()
    visit, shoes = questions_of(meeting, "registration")
    assert visit.label == {"en": "Will you join the visit?", "fr": "La visite ?"}
    assert (visit.places, visit.is_required, visit.categories) == ({"1": 40}, True, ["NGO"])
    assert visit.wording.choices["1"] == {"en": "Yes, by bus", "fr": "Oui"}
    assert (shoes.is_personal, shoes.retention_days, shoes.condition["match"]) == (True, 7, "any")
    written = write(content_of(meeting))
    assert read(written) == read(HEAD + QUESTIONS)
    assert loaded(written) == [], "nothing to change"
    with transaction():
        actions.add_question(meeting, content(stage="desk"), by=None, at=make.TODAY)
    assert question_named(meeting, "q5") is not None, "the next code"


def test_what_changes_is_said_and_what_is_left_out_is_asked_no_longer(app: Flask) -> None:
    loaded(HEAD + QUESTIONS)
    changed = QUESTIONS.replace("Shoe size", "Size of shoes").split("  - code: q4")[0]
    assert loaded(HEAD + changed, minutes=1) == [
        "question q2: label: Shoe size → Size of shoes",
        "question q4: ended",
    ]
    meeting = the_meeting()
    db.session.expire_all()
    assert [(one.code, one.ended_at is None, one.wording_number) for one in every_question_ever(meeting)] == [
        ("q1", True, 1),
        ("q2", True, 2),
        ("q4", False, 1),
    ]
    assert loaded(HEAD + QUESTIONS, minutes=2)[-1] == "question q4: added"
    db.session.expire_all()
    assert [one.code for one in questions_of(meeting, "approved")] == ["q4"]


def test_another_order_is_the_order_of_the_file(app: Flask) -> None:
    lines = "questions:\n  - {code: q1, kind: text, label: One}\n  - {code: q2, kind: text, label: Two}\n"
    loaded(HEAD + lines)
    one, two = lines.splitlines(keepends=True)[1:]
    assert loaded(HEAD + "questions:\n" + two + one, minutes=1) == ["questions: order: q1; q2 → q2; q1"]
    assert [row.code for row in questions_of(the_meeting(), "registration")] == ["q2", "q1"]


@pytest.mark.parametrize(
    ("right", "wrong", "at", "says"),
    [
        ("code: q2", "code: visit", "code: visit", "Write it like q1"),
        ("code: q2", "code: q1", "code: q1\n    kind: text", "is already on line"),
        ("kind: text", "kind: poem", "kind: poem", "Write one of text"),
        ("{code: 2, label: No}", "{code: 1, label: No}", "{code: 1, label: No}", "is already on line"),
        ("[NGO]", "[GOV]", "categories: [GOV]", "names the category “GOV”"),
        ("{question: q1, answer: 1}", "{question: q4}", "{question: q4}", "not asked before it"),
        ("{question: q1, answer: 1}", "{question: q1, answer: 9}", "{question: q1, answer: 9}", "no answer “9”"),
        ("    personal: yes\n", "", "retention_days: 7", "is for a personal one"),
        ("kind: choice", "kind: number", "choices:", "has no answers to choose"),
        ("kind: agreement", "kind: date", "agreement: |", "Write both, or neither"),
        ("stage: approved", "stage: lunch", "stage: lunch", "Write one of registration"),
        ("label: The rules", 'label: ""', 'label: ""', "has no value"),
        ("language: fr, label: Oui", "language: ar, label: Oui", "language: ar", "is no other language"),
    ],
)
def test_each_fault_is_said_at_its_line(right: str, wrong: str, at: str, says: str) -> None:
    text = HEAD + QUESTIONS.replace(right, wrong, 1)
    line = text[: text.index(at)].count("\n") + 1
    found = [(fault.line, fault.says) for fault in faults_in(text)]
    assert any(number == line and says in sentence for number, sentence in found), (line, found)


def test_a_stage_above_an_earlier_one_is_a_fault() -> None:
    text = HEAD + QUESTIONS.replace("code: q1\n    kind: choice", "code: q1\n    kind: choice\n    stage: approved")
    assert any("stands below one of “approved”" in fault.says for fault in faults_in(text))


def test_what_people_answered_speaks_against_it(app: Flask) -> None:
    loaded(HEAD + QUESTIONS)
    meeting = the_meeting()
    with transaction():
        meeting.published_at = IN_TIME
    category = meeting.categories[0]
    ones = [confirmed(meeting, category, at=IN_TIME, answers={"q1": ["1"]}) for _ in range(2)]
    for right, wrong, says in (
        ("places: 40", "places: 1", "q1: 2 places are taken already"),
        ("kind: choice", "kind: several", "q1: People have answered this question, so its kind stays"),
    ):
        with pytest.raises(Objected, match=says) as caught:
            loaded(HEAD + QUESTIONS.replace(right, wrong))
        assert (HEAD + QUESTIONS).splitlines()[caught.value.found[0][0] - 1] == "  - code: q1"
        db.session.rollback()
    assert given(ones[0]) == {"q1": ["1"]}


def test_a_copy_of_the_file_asks_the_same(app: Flask) -> None:
    meeting = make.meeting(slug="autumn", languages=["en"])
    visit = question(meeting, kind="yes_no", label={"en": "Visit"})
    question(meeting, stage="approved", condition=condition(visit, "yes"))
    text = write(content_of(meeting)).replace("slug: autumn", "slug: winter")
    loaded(text)
    assert content_of(the_meeting("winter")).questions == content_of(meeting).questions
