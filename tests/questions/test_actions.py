from typing import Any

import pytest
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.questions import actions
from eventapp.questions.actions import Answered
from eventapp.questions.conditions import applying
from eventapp.questions.content import Choice
from eventapp.questions.models import Question
from eventapp.questions.queries import ended_questions, questions_of, wordings_of
from tests import make
from tests.make import TODAY
from tests.make_questions import condition, content, question


@pytest.fixture
def meeting(app: object) -> Meeting:
    return make.meeting(languages=["en", "fr"])


def change(row: Question, answered: Answered = actions.NOBODY, **facts: Any) -> dict[str, Any]:
    with transaction():
        return actions.change_question(row, content(**facts), row.version, answered, by=None, at=TODAY)


def place(row: Question, to: int) -> None:
    with transaction():
        actions.place_question(row, to, by=None, at=TODAY)


def order(meeting: Meeting) -> list[tuple[int, str]]:
    return [(one.position, one.code) for one in questions_of(meeting, "registration")]


def verbs() -> list[str]:
    return list(db.session.scalars(select(Entry.verb).where(Entry.thing == "question").order_by(Entry.number)))


def test_each_gets_a_code_and_the_last_place(meeting: Meeting) -> None:
    for _number in range(2):
        question(meeting)
    question(meeting, stage="desk")
    assert order(meeting) == [(1, "q1"), (2, "q2")]
    assert verbs() == ["added question"] * 3


def test_other_words_are_a_new_version_and_help_is_not(meeting: Meeting) -> None:
    row = question(meeting)
    assert change(row, help={"en": "Such as TG 921."})
    assert [one.number for one in wordings_of(row)] == [1]
    assert change(row, help={"en": "Such as TG 921."}, label={"en": "Your flight?"})["label"] == [
        {"en": "Which flight do you take?"},
        {"en": "Your flight?"},
    ]
    assert [(one.number, one.label["en"]) for one in wordings_of(row)] == [
        (1, "Which flight do you take?"),
        (2, "Your flight?"),
    ]
    assert row.label == {"en": "Your flight?"}
    assert change(row, help={"en": "Such as TG 921."}, label={"en": "Your flight?"}) == {}


def test_a_choice_that_is_gone_leaves_its_code_to_nobody(meeting: Meeting) -> None:
    row = question(meeting, kind="choice", choices=("Bus", "Train"))
    assert list(row.wording.choices) == ["1", "2"]
    bus = Choice(code="1", label={"en": "Bus"})
    change(row, kind="choice", choices=(bus,))
    change(row, kind="choice", choices=(bus, "Boat"))
    assert row.wording.choices == {"1": {"en": "Bus"}, "3": {"en": "Boat"}}


def test_places_are_not_fewer_than_are_taken(meeting: Meeting) -> None:
    row = question(meeting, kind="choice", choices=("Bus",))
    answered = Answered(5, {"1": 5})
    with pytest.raises(Refused, match="5 places are taken already"):
        change(row, answered, kind="choice", choices=(Choice(code="1", label={"en": "Bus"}, places=4),))
    change(row, answered, kind="choice", choices=(Choice(code="1", label={"en": "Bus"}, places=5),))
    assert row.places == {"1": 5}
    assert row.wording_number == 1


def test_the_kind_of_an_answered_question_stays(meeting: Meeting) -> None:
    row = question(meeting)
    with pytest.raises(Refused, match="its kind stays"):
        change(row, Answered(1), kind="number")
    change(row, kind="number")
    assert row.kind == "number"


def test_two_who_change_it_do_not_undo_each_other(meeting: Meeting) -> None:
    row = question(meeting)
    seen = row.version
    change(row, label={"en": "Flight?"})
    with pytest.raises(Refused, match="Somebody changed this question"), transaction():
        actions.change_question(row, content(label={"en": "Plane?"}), seen, by=None, at=TODAY)


def test_the_order_is_whole_numbers_again_after_each_move(meeting: Meeting) -> None:
    one, _two, three = (question(meeting) for _ in range(3))
    place(three, 1)
    assert order(meeting) == [(1, "q3"), (2, "q1"), (3, "q2")]
    place(one, 99)
    assert order(meeting) == [(1, "q3"), (2, "q2"), (3, "q1")]
    with transaction():
        actions.end_question(three, by=None, at=TODAY)
    assert order(meeting) == [(1, "q2"), (2, "q1")]


def test_a_question_depends_on_one_above_it_and_stays_below(meeting: Meeting) -> None:
    visit = question(meeting, kind="yes_no", label={"en": "Will you join?"})
    shoes = question(meeting, label={"en": "Shoe size"}, condition=condition(visit, "yes"))
    with pytest.raises(Refused, match="“Shoe size” is shown only after an answer to “Will you join\\?”"):
        place(shoes, 1)
    db.session.rollback()
    with pytest.raises(Refused, match="stays below"):
        place(visit, 2)
    with pytest.raises(Refused, match="is asked later"):
        change(visit, kind="yes_no", condition=condition(shoes))
    with pytest.raises(Refused, match="has no such answer"):
        change(shoes, condition=condition(visit, "perhaps"))
    with pytest.raises(Refused, match="Change its condition first"):
        change(visit, kind="text")
    with pytest.raises(Refused, match="Change its condition first"), transaction():
        actions.end_question(visit, by=None, at=TODAY)
    assert order(meeting) == [(1, "q1"), (2, "q2")]


def test_a_question_depends_on_all_or_any_of_several(meeting: Meeting) -> None:
    visit = question(meeting, kind="yes_no", label={"en": "Visit"})
    lunch = question(meeting, kind="yes_no", label={"en": "Lunch"}, condition=condition(visit, "yes"))
    on = (condition(visit, "yes"), condition(lunch, "no", "is_not"))
    every = question(meeting, conditions=on)
    one = question(meeting, conditions=on, match="any")
    both = [visit, lunch, every, one]

    def asked(**chosen: list[str]) -> list[str]:
        return [row.code for row in applying(both, "NGO", chosen)]

    assert asked() == ["q1"]
    assert asked(q1=["yes"]) == ["q1", "q2", "q3", "q4"]
    assert asked(q1=["yes"], q2=["no"]) == ["q1", "q2", "q4"]
    assert asked(q1=["no"], q2=["yes"]) == ["q1"], "what is hidden meets no condition"
    for row in (visit, lunch):
        with pytest.raises(Refused, match="Change its condition first"), transaction():
            actions.end_question(row, by=None, at=TODAY)
    with pytest.raises(Refused, match="stays below"):
        place(one, 2)
    with pytest.raises(Refused, match="is asked later"):
        change(lunch, kind="yes_no", conditions=(condition(visit, "yes"), condition(one)))
    with pytest.raises(Refused, match="10 answers at most"):
        change(one, conditions=on * 6)


def test_a_question_after_approval_depends_on_one_of_registration(meeting: Meeting) -> None:
    visit = question(meeting, kind="yes_no")
    assert question(meeting, stage="approved", condition=condition(visit, "yes")).conditions[0]["question"] == "q1"
    inputs = question(meeting, stage="inputs")
    with pytest.raises(Refused, match="is asked later"):
        question(meeting, stage="desk", condition=condition(inputs))


def test_whom_it_applies_to(meeting: Meeting) -> None:
    visit = question(meeting, kind="choice", choices=("Yes", "No"), categories=("NGO",))
    lunch = question(meeting, kind="yes_no", condition=condition(visit, "1"))
    diet = question(meeting, condition=condition(lunch))
    other = question(meeting, condition=condition(visit, "1", "is_not"))
    everything = [visit, lunch, diet, other]

    def asked(category: str, **chosen: list[str]) -> list[str]:
        return [one.code for one in applying(everything, category, chosen)]

    assert asked("NGO") == ["q1", "q4"]
    assert asked("NGO", q1=["1"]) == ["q1", "q2"]
    assert asked("NGO", q1=["1"], q2=["no"]) == ["q1", "q2", "q3"]
    assert asked("NGO", q1=["2"], q2=["no"]) == ["q1", "q4"]  # what hangs on a hidden one is hidden
    assert asked("GOV", q1=["1"], q2=["no"]) == []


def test_it_is_ended_and_asked_again_and_deleted_only_unanswered(meeting: Meeting) -> None:
    row = question(meeting)
    with pytest.raises(Refused, match="still asked"), transaction():
        actions.remove_question(row, by=None, at=TODAY)
    with transaction():
        actions.end_question(row, by=None, at=TODAY)
    assert list(ended_questions(meeting, "registration")) == [row]
    with transaction():
        actions.ask_again(row, by=None, at=TODAY)
    assert order(meeting) == [(1, "q1")]
    with transaction():
        actions.end_question(row, by=None, at=TODAY)
    with pytest.raises(Refused, match="1 person answered this question"), transaction():
        actions.remove_question(row, Answered(1), by=None, at=TODAY)
    with transaction():
        actions.remove_question(row, by=None, at=TODAY)
    assert db.session.scalars(select(Question)).all() == []
    assert question(meeting).code == "q1"
    assert verbs() == [
        "added question",
        "stopped asking",
        "asked again",
        "stopped asking",
        "removed question",
        "added question",
    ]


def test_five_hundred_are_the_most(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_QUESTIONS", 2)
    question(meeting)
    ended = question(meeting)
    with transaction():
        actions.end_question(ended, by=None, at=TODAY)
    question(meeting)
    with pytest.raises(Refused, match="2 questions at most"):
        question(meeting)
    with pytest.raises(Refused, match="2 questions at most"), transaction():
        actions.ask_again(ended, by=None, at=TODAY)
