"""The filter by what was answered to the meeting's own questions, the same in every list and choice of people.

In an address and in a row it is "q3:yes,q5:2": codes of questions, each with the code of an answer, or with "-" for
those who gave none.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from werkzeug.datastructures import MultiDict
from wtforms import StringField

from eventapp.ground.db import db
from eventapp.ground.text.i18n import _, language
from eventapp.meetings.models import Meeting
from eventapp.questions.content import in_language
from eventapp.questions.kinds import AGREEMENT, COUNTRY, NO, WITH_CHOICES, YES, YES_NO
from eventapp.questions.models import Question
from eventapp.questions.queries import asked_of_people
from eventapp.registration.answers.models import Answer
from eventapp.registration.models import Registration
from eventapp.vocabulary.countries import country

NONE_GIVEN = "-"
ONE = re.compile(r"(q[1-9][0-9]{0,5}):([A-Za-z0-9_-]{1,20})")
MOST = 30  # answers asked for at once
WITH_FILTER = (*WITH_CHOICES, YES_NO, AGREEMENT, COUNTRY)


@dataclass(frozen=True)
class AnswerFilter:
    """One question to filter by: its words, their language, each answer in words by its code, and the chosen one."""

    code: str
    label: str
    lang: str
    options: Mapping[str, str]
    value: str


class Answers(StringField):
    """In a form, the answers that were chosen, one field for each question, as one line."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = in_one(valuelist)


def answers_asked(words: Mapping[str, str]) -> str:
    """What an address or a form asks for, in its `answer`; what makes no sense counts for nothing."""
    return in_one(words.getlist("answer") if isinstance(words, MultiDict) else [words.get("answer", "")])


def in_one(values: Iterable[str]) -> str:
    """These answers as one line, without what is none."""
    return ",".join(
        list(dict.fromkeys(one for value in values for one in value.split(",") if ONE.fullmatch(one)))[:MOST]
    )


def by_question(asked: str) -> dict[str, list[str]]:
    """The codes of the answers asked for, by the code of their question."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in filter(None, in_one([asked]).split(",")):
        code, _colon, value = one.partition(":")
        found[code].append(value)
    return found


def has_answers(asked: str) -> list[ColumnElement[bool]]:
    """The conditions that somebody gave these answers: to each of these questions one of those asked for."""
    return [has_one_of(code, values) for code, values in by_question(asked).items()]


def has_one_of(code: str, values: Iterable[str]) -> ColumnElement[bool]:
    there = (
        select(Answer.id)
        .join(Question, Answer.question_id == Question.id)
        .where(
            Answer.registration_id == Registration.id,
            Question.meeting_id == Registration.meeting_id,
            Question.code == code,
        )
    )
    chosen = [value for value in values if value != NONE_GIVEN]
    given = there.where(or_(Answer.choice.in_(chosen), (Answer.choice == "") & Answer.text.in_(chosen))).exists()
    return or_(given, ~there.exists()) if NONE_GIVEN in values else given


def answer_filters(meeting: Meeting, asked: str) -> list[AnswerFilter]:
    """The questions of this meeting that people can be filtered by, in order, and what of each is asked for."""
    questions = [one for one in asked_of_people(meeting) if one.kind in WITH_FILTER]
    countries = countries_of([one.id for one in questions if one.kind == COUNTRY])
    chosen, first = by_question(asked), meeting.languages[0]
    return [
        AnswerFilter(
            one.code,
            *in_language(one.label, language(), first),
            {**options_of(one, countries.get(one.id, []), first), NONE_GIVEN: _("no answer")},
            (chosen.get(one.code) or [""])[0],
        )
        for one in questions
    ]


def options_of(question: Question, countries: Iterable[str], first: str) -> dict[str, str]:
    if question.kind in WITH_CHOICES:
        return {code: in_language(words, language(), first)[0] for code, words in question.wording.choices.items()}
    if question.kind == COUNTRY:
        named = {code: found.label if (found := country(code)) else code for code in countries}
        return dict(sorted(named.items(), key=lambda one: one[1]))
    return {YES: _("Yes"), NO: _("No")} if question.kind == YES_NO else {YES: _("Yes")}


def countries_of(questions: Iterable[int]) -> dict[int, list[str]]:
    """The countries that were answered to these questions; of what is sealed none."""
    wanted = list(questions)
    if not wanted:
        return {}
    query = select(Answer.question_id, Answer.text).where(Answer.question_id.in_(wanted), Answer.text != "").distinct()
    found: dict[int, list[str]] = defaultdict(list)
    for number, code in db.session.execute(query):
        found[number].append(code)
    return found
