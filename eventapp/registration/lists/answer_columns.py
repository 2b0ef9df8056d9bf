"""The questions of a meeting's own as columns of its list of registrations."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.ground.db import db
from eventapp.ground.text.i18n import language
from eventapp.meetings.models import Meeting
from eventapp.questions.answers import in_words
from eventapp.questions.content import in_language
from eventapp.questions.models import GUARDED, Question
from eventapp.questions.queries import asked_of_people
from eventapp.registration.answers.models import Answer
from eventapp.registration.lists.columns import COLUMNS, chosen
from eventapp.registration.tags.models import Tag

Answered = Mapping[int, Mapping[str, str]]  # number of a registration → code of a question → answer


@dataclass(frozen=True)
class Beside:
    """What columns show that stands in other rows than the registration's own."""

    tags: Mapping[int, Sequence[Tag]] = field(default_factory=dict)
    answers: Answered = field(default_factory=dict)


def columns_of(meeting: Meeting) -> dict[str, str]:
    """Every column that the list of this meeting can have: its head by its code, the meeting's questions last."""
    first = meeting.written_in
    questions = {one.code: in_language(one.label, language(), first)[0] for one in asked_of_people(meeting)}
    return {code: str(label) for code, label in COLUMNS.items()} | questions


def columns_in(meeting: Meeting, words: str) -> dict[str, str]:
    """The columns that an address names, and their heads; a question that this meeting does not ask is none."""
    wanted = chosen(words)
    if wanted and all(code in COLUMNS for code in wanted):  # most lists: no question is looked up
        return {code: str(COLUMNS[code]) for code in wanted}
    return {code: label for code, label in columns_of(meeting).items() if code in wanted} if wanted else {}


def personal_in(meeting: Meeting, columns: Collection[str]) -> bool:
    """Whether one of these columns is a question whose answers are personal or sealed."""
    query = select(Question.id).where(Question.meeting_id == meeting.id, GUARDED)
    return db.session.scalar(query.where(Question.code.in_(columns)).limit(1)) is not None


def answers_in(
    meeting: Meeting, columns: Collection[str], registrations: Collection[int] | None = None, *, opens: bool = False
) -> dict[int, dict[str, str]]:
    """What was answered to the questions among these columns, in words; of these registrations, or of all.

    What is sealed only if it `opens`; whoever takes that along writes it down.
    """
    codes = [code for code in columns if code not in COLUMNS]
    if not codes:
        return {}
    query = select(Answer).join(Answer.question).where(Question.meeting_id == meeting.id, Question.code.in_(codes))
    query = query.options(contains_eager(Answer.question), joinedload(Answer.wording)).order_by(Answer.id)
    if registrations is not None:
        query = query.where(Answer.registration_id.in_(registrations))
    found: dict[int, dict[str, str]] = {}
    for one in db.session.scalars(query):
        row, words = found.setdefault(one.registration_id, {}), in_words(one, meeting.written_in, opens=opens)
        row[one.question.code] = f"{row[one.question.code]}, {words}" if one.question.code in row else words
    return found
