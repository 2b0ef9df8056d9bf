"""Answers to questions of the meeting's own that layouts of badges print."""

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.badges.printing.faces import Answered
from eventapp.badges.printing.layouts import Design
from eventapp.ground.db import db
from eventapp.ground.text.i18n import _, language
from eventapp.meetings.models import Category, Meeting
from eventapp.questions.answers import in_words
from eventapp.questions.content import in_language
from eventapp.questions.kinds import CHOICE, COUNTRY, DATE, DESK, INPUT, NUMBER, SEVERAL, TEXT, YES, YES_NO
from eventapp.questions.models import SEALED, Question
from eventapp.registration.answers.models import Answer
from eventapp.registration.models import APPROVED, Registration

PRINTED = (TEXT, CHOICE, SEVERAL, YES_NO, DATE, COUNTRY, NUMBER)  # one line each
WITH_LABEL = (DATE, NUMBER)  # what says little by itself
MOST_AT_ONCE = 1000  # registrations named one by one


def printable(meeting: Meeting, also: Collection[str] = ()) -> list[Question]:
    """The questions of this meeting whose answers a badge may show, in order: of one line and never sealed.

    One that has ended only where `also` names it.
    """
    query = select(Question).where(
        Question.meeting_id == meeting.id, Question.kind.in_(PRINTED), Question.stage != INPUT, ~SEALED
    )
    query = query.order_by(Question.stage, Question.position, Question.id)
    return [one for one in db.session.scalars(query) if one.ended_at is None or one.code in also]


def label_of(question: Question) -> str:
    """The question in the reader's language."""
    return in_language(question.label, language(), question.meeting.written_in)[0]


def is_delicate(question: Question) -> bool:
    """Whether it is not for everybody to read: marked personal, or seen by organizers alone."""
    return question.is_personal or question.stage == DESK


def labels_of(meeting: Meeting, designs: Collection[Design]) -> dict[str, str]:
    """The questions that these layouts print, in the reader's language, by their code."""
    codes = {code for design in designs for code in design.questions}
    return {one.code: label_of(one) for one in printable(meeting, codes) if one.code in codes} if codes else {}


def codes_printed(meeting: Meeting) -> set[str]:
    """The codes of the questions that any layout of this meeting prints."""
    layouts = (meeting.badge_layout, *(one.badge_layout for one in meeting.categories))
    return {code for one in layouts if one for code in Design.of(one).questions}


def answers_on(
    meeting: Meeting, registrations: Collection[int], codes: Collection[str]
) -> dict[int, tuple[Answered, ...]]:
    """What stands on the badges of these registrations, in the order of the questions; of most people nothing.

    In the language that is spoken now; a yes is the question, a no is nothing.
    """
    if not codes:
        return {}
    query = select(Answer).options(contains_eager(Answer.question), joinedload(Answer.wording))
    query = query.join(Answer.question).where(*_given(meeting, codes))
    if len(registrations) <= MOST_AT_ONCE:
        query = query.where(Answer.registration_id.in_(registrations))
    query = query.order_by(Question.stage, Question.position, Question.id, Answer.id)
    found: dict[int, dict[str, Answered]] = {}
    for one in db.session.scalars(query):
        for line in _printed(one, meeting.written_in):
            theirs = found.setdefault(one.registration_id, {})
            before = theirs.get(line.code)
            theirs[line.code] = line._replace(words=f"{before.words}, {line.words}") if before else line
    return {number: tuple(theirs.values()) for number, theirs in found.items()}


def texts_typed(meeting: Meeting, codes: Collection[str], category: str = "") -> list[tuple[str, str]]:
    """Reference and text of whoever has a place and wrote an answer that badges print; of a category or of all."""
    if not codes:
        return []
    query = select(Registration.number, Answer.text).select_from(Answer).join(Answer.question)
    query = query.where(*_given(meeting, codes)).join(Registration, Answer.registration_id == Registration.id)
    query = query.where(Question.kind == TEXT, Registration.state == APPROVED)
    if category:
        query = query.join(Category, Registration.category_id == Category.id).where(Category.code == category)
    return [(f"R-{number:04d}", text) for number, text in db.session.execute(query)]


def _given(meeting: Meeting, codes: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return Question.meeting_id == meeting.id, Question.code.in_(codes), Question.kind.in_(PRINTED), ~SEALED


def _printed(answer: Answer, first: str) -> Iterator[Answered]:
    label = in_language(answer.wording.label, language(), first)[0]
    kind, code = answer.question.kind, answer.question.code
    if kind == YES_NO:
        if answer.choice == YES:
            yield Answered(code, label, label)
        return
    words = in_words(answer, first)
    yield Answered(code, label, with_label(label, words) if kind in WITH_LABEL else words)


def with_label(label: str, words: str) -> str:
    return _("%(question)s: %(answer)s", question=label.rstrip("?؟: "), answer=words)
