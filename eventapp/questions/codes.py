"""Codes: what files and answers call a question and a choice, whatever its words are by then."""

from dataclasses import replace

from eventapp.ground.db.types import Record
from eventapp.questions.content import Choice, QuestionContent
from eventapp.questions.kinds import WITH_CHOICES
from eventapp.questions.models import Question
from eventapp.questions.queries import wordings_of


def with_codes(content: QuestionContent, number: int) -> QuestionContent:
    """The same with a code, from this number on, for each choice that has none: one is never given twice."""
    choices: list[Choice] = []
    for choice in content.choices:
        choices.append(choice if choice.code else replace(choice, code=str(number)))
        number += not choice.code
    return replace(content, choices=tuple(choices))


def places_in(content: QuestionContent) -> Record:
    """How many may choose what, by the code of the choice, where there is a limit."""
    if content.kind not in WITH_CHOICES:
        return {}
    return {one.code: one.places for one in content.choices if one.places is not None}


def next_choice(question: Question) -> int:
    """The number of the next choice: none of any version had it."""
    codes = [code for wording in wordings_of(question) for code in wording.choices]
    return 1 + max((int(code) for code in codes if code.isdecimal()), default=0)


def next_code(codes: set[str]) -> str:
    numbers = [int(code[1:]) for code in codes if code.startswith("q") and code[1:].isdecimal()]
    return f"q{1 + max(numbers, default=0)}"
