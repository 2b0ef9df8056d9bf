"""The longest answer to each question that a layout prints, and made-up ones where nobody has answered."""

from collections.abc import Collection
from datetime import date

from flask_babel import force_locale
from sqlalchemy import ColumnElement, case, func, select

from eventapp.badges.answers import label_of, printable, with_label
from eventapp.badges.printing.faces import Answered
from eventapp.ground.db import db
from eventapp.ground.text.dates import day
from eventapp.ground.text.i18n import _, language
from eventapp.meetings.models import Category, Meeting
from eventapp.questions import kinds
from eventapp.questions.content import in_language
from eventapp.questions.kinds import COUNTRY, WITH_CHOICES, YES, YES_NO
from eventapp.questions.models import Question
from eventapp.registration.answers.models import Answer
from eventapp.registration.lists.by_answers import countries_of
from eventapp.registration.models import APPROVED, Registration
from eventapp.vocabulary.countries import country, country_choices


def longest_answers(
    meeting: Meeting, categories: Collection[Category], asked: Collection[str]
) -> list[tuple[str, str]]:
    """Of each of these questions its words and the reference of whoever gave the longest answer in these categories;
    one that nobody answered is left out.
    """
    found = []
    for one in chosen(meeting, asked):
        length = func.sum(length_of(one))
        query = select(Registration.number).join(Answer, Answer.registration_id == Registration.id)
        query = query.where(
            Answer.question_id == one.id,
            Registration.state == APPROVED,
            Registration.category_id.in_([each.id for each in categories]),
        )
        if one.kind == YES_NO:
            query = query.where(Answer.choice == YES)
        query = query.group_by(Registration.number).order_by(length.desc(), Registration.number).limit(1)
        number = db.session.scalar(query)
        if number is not None:
            found.append((label_of(one), f"R-{number:04d}"))
    return found


def length_of(question: Question) -> ColumnElement[int]:
    """How long an answer is as it is printed; of a choice in the words that stand now."""
    if question.kind in WITH_CHOICES:
        first = question.meeting.written_in
        words = {code: in_language(each, first, first)[0] for code, each in question.wording.choices.items()}
        return case(*((Answer.choice == code, len(each)) for code, each in words.items()), else_=0)
    if question.kind == COUNTRY:
        named = {code: country(code) for code in countries_of([question.id]).get(question.id, [])}
        lengths = [(Answer.text == code, len(one.label)) for code, one in named.items() if one]
        return case(*lengths, else_=0) if lengths else func.length(Answer.text)
    return func.length(Answer.text)


def made_up(meeting: Meeting, asked: Collection[str]) -> tuple[Answered, ...]:
    """A long answer to each of these questions, in the first working language of the meeting."""
    with force_locale(meeting.written_in):
        return tuple(Answered(one.code, label_of(one), words_made_up(one)) for one in chosen(meeting, asked))


def words_made_up(question: Question) -> str:
    label, first = label_of(question), question.meeting.written_in
    choices = [in_language(one, language(), first)[0] for one in question.wording.choices.values()]
    words = {
        kinds.CHOICE: max(choices, key=len, default=""),
        kinds.SEVERAL: ", ".join(choices),
        kinds.YES_NO: label,
        kinds.NUMBER: with_label(label, "10000"),
        kinds.DATE: with_label(label, day(date(question.meeting.starts_on.year, 12, 30))),
        kinds.TEXT: _("Deputy Director-General for Telecommunications and Digital Policy"),
    }
    return words.get(question.kind) or max((label for _code, label in country_choices()), key=len)


def chosen(meeting: Meeting, asked: Collection[str]) -> list[Question]:
    return [one for one in printable(meeting, asked) if one.code in asked]
