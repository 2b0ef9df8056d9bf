"""Questions to test with. Every argument has a harmless default; name only what matters."""

from typing import Any

from eventapp.ground.db import transaction
from eventapp.meetings.models import Meeting
from eventapp.questions.actions import add_question
from eventapp.questions.content import Choice, Condition, QuestionContent
from eventapp.questions.models import Question
from tests import make


def content(**facts: Any) -> QuestionContent:
    """An optional line of text that is asked of everybody at registration, unless the facts say otherwise."""
    choices = tuple(one if isinstance(one, Choice) else Choice(label={"en": one}) for one in facts.pop("choices", ()))
    if on := facts.pop("condition", None):
        facts["conditions"] = (on,)
    defaults: dict[str, Any] = {"kind": "text", "stage": "registration", "label": {"en": "Which flight do you take?"}}
    return QuestionContent(**{**defaults, **facts}, choices=choices)


def condition(question: Question, answer: str = "", compared: str = "is") -> Condition:
    return Condition(question=question.code, compared=compared, answer=answer)


def question(meeting: Meeting, **facts: Any) -> Question:
    """A question that is asked."""
    with transaction():
        return add_question(meeting, content(**facts), by=None, at=make.TODAY)
