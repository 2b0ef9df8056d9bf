"""What a meeting file says about a question."""

# ruff: noqa: RUF009 -- the fields of the schema are made by functions that only wrap field()

import re
from dataclasses import dataclass

from eventapp.meeting_file.kinds import OneOf, Place, Whole, Words, YesNo
from eventapp.meeting_file.parts.fields import OTHERS, a_code, entries_of, many, one, place_of
from eventapp.meeting_file.texts.entries import ChoiceTexts, QuestionTexts
from eventapp.questions.kinds import (
    ALL,
    COMPARED,
    IS,
    KINDS,
    LONGEST_AGREEMENT,
    LONGEST_CHOICE,
    LONGEST_HELP,
    LONGEST_LABEL,
    LONGEST_SECTION,
    MATCHES,
    REGISTRATION,
    STAGES,
)

QUESTION, CHOICE = re.compile("q[1-9][0-9]{0,5}"), re.compile("[1-9][0-9]{0,5}")


@dataclass(frozen=True, kw_only=True)
class ChoiceEntry:
    """An answer to choose."""

    code: str = one(Words(6, pattern=CHOICE, example="1"), "given once: answers and conditions name it")
    label: str = one(Words(LONGEST_CHOICE), "as people read it")
    places: int | None = one(Whole(), "how many may choose it; without it there is no limit", default=None)
    texts: tuple[ChoiceTexts, ...] = entries_of(ChoiceTexts, OTHERS)
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.code


@dataclass(frozen=True, kw_only=True)
class ConditionEntry:
    """An answer that a question depends on."""

    question: str = one(Words(7, pattern=QUESTION, example="q1"), "the code of a question above")
    compared: str = one(OneOf(lambda: COMPARED), "whether that answer is wanted, or must not be there", default=IS)
    answer: str = one(Words(20), "the code of an answer, yes or no; without it: any answer", default="")
    place: Place = place_of()

    @property
    def key(self) -> tuple[str, str]:
        return (self.question, self.answer)


@dataclass(frozen=True, kw_only=True)
class QuestionEntry:
    """A question of the meeting's own."""

    code: str = one(Words(7, pattern=QUESTION, example="q1"), "given once: answers and conditions name it")
    kind: str = one(OneOf(lambda: KINDS), "what the answer is")
    stage: str = one(OneOf(lambda: STAGES), "when it is asked", default=REGISTRATION)
    label: str = one(Words(LONGEST_LABEL), "the question itself")
    help: str = one(Words(LONGEST_HELP), "a sentence or two under it", default="")
    section: str = one(Words(LONGEST_SECTION), "the heading above it", default="")
    agreement: str = one(Words(LONGEST_AGREEMENT, lines=True), "the text that people agree to", default="")
    choices: tuple[ChoiceEntry, ...] = entries_of(ChoiceEntry, "answers to choose")
    categories: tuple[str, ...] = many(a_code(), "codes of those who are asked; without it everybody is")
    match: str = one(OneOf(lambda: MATCHES), "whether all of its conditions must hold, or any", default=ALL)
    conditions: tuple[ConditionEntry, ...] = entries_of(ConditionEntry, "shown only after these answers")
    required: bool = one(YesNo(), "an answer is required", default=False)
    personal: bool = one(YesNo(), "deleted after the meeting, and never shown at the door", default=False)
    retention_days: int | None = one(
        Whole(), "of a personal answer: days after the meeting; without it as long as the registration", default=None
    )
    texts: tuple[QuestionTexts, ...] = entries_of(QuestionTexts, OTHERS)
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.code
