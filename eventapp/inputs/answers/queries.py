from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import ColumnElement, SQLColumnExpression, Text, and_, cast, func, literal, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from eventapp.drafts.models import Draft
from eventapp.ground.db import db
from eventapp.inputs.answers.models import AnswerFile, InputAnswer
from eventapp.inputs.models import Input
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.queries import meetings_due
from eventapp.meetings.retention.sorts import ANSWERS
from eventapp.questions.answers import ShownAnswer, Taken, days_are_over, full_among, shown, words_of
from eventapp.questions.kinds import FILE, INPUT
from eventapp.questions.models import Question
from eventapp.questions.queries import questions_of
from eventapp.registration.answers.queries import given, people_who_answered, taken_by_choice


def answers_of_input(written: Input) -> Sequence[InputAnswer]:
    """What was answered when the input was sent last, in order."""
    query = select(InputAnswer).join(InputAnswer.question).where(InputAnswer.input_id == written.id)
    query = query.options(
        contains_eager(InputAnswer.question).joinedload(Question.meeting), joinedload(InputAnswer.wording)
    )
    return db.session.scalars(query.order_by(Question.position, Question.id, InputAnswer.id)).all()


def shown_of_input(written: Input, *, personal: bool = True) -> list[ShownAnswer]:
    """The same in the words that were asked, as pages show them; without what is personal where that is not theirs."""
    answers = [one for one in answers_of_input(written) if personal or not one.question.is_personal]
    files = {one.question.code for one in files_of_answers(written)} if any(file_in(one) for one in answers) else ()
    return shown(answers, written.meeting.written_in, files)


def file_in(one: InputAnswer) -> bool:
    return one.question.kind == FILE


def files_of_answers(written: Input) -> Sequence[AnswerFile]:
    """The files that answer questions of this input, in the form or as it was sent, without their content."""
    query = select(AnswerFile).join(AnswerFile.question).where(AnswerFile.input_id == written.id)
    query = query.options(contains_eager(AnswerFile.question), defer(AnswerFile.content))
    return db.session.scalars(query.order_by(AnswerFile.id)).all()


def file_in_form(written: Input, code: str) -> AnswerFile | None:
    """The file that answers the question with this code in the form of this input, sent or not."""
    query = select(AnswerFile).join(AnswerFile.question).where(AnswerFile.input_id == written.id)
    return db.session.scalar(query.where(Question.code == code, AnswerFile.replaced_at.is_(None)))


def file_answered(written: Input, code: str, *, personal: bool) -> AnswerFile | None:
    """The file by which this question was answered when the input was sent; a personal one only if asked for."""
    answers = [one for one in answers_of_input(written) if personal or not one.question.is_personal]
    found = next((one for one in answers if file_in(one) and one.question.code == code), None)
    if found is None:
        return None
    query = select(AnswerFile).where(AnswerFile.input_id == written.id, AnswerFile.question_id == found.question_id)
    query = query.where(AnswerFile.sha256 == found.text.partition(" ")[0])
    return db.session.scalar(query.order_by(AnswerFile.id.desc()).limit(1))


def answers_of_all(meeting: Meeting) -> dict[int, dict[str, str]]:
    """The answers of every input of this meeting in words: number of the row → code of the question → answer."""
    query = select(InputAnswer).join(InputAnswer.question).where(Question.meeting_id == meeting.id)
    query = query.options(contains_eager(InputAnswer.question), joinedload(InputAnswer.wording))
    rows: dict[int, list[InputAnswer]] = defaultdict(list)
    for one in db.session.scalars(query.order_by(InputAnswer.id)):
        rows[one.input_id].append(one)
    return {input_id: words_of(answers, meeting.written_in) for input_id, answers in rows.items()}


def asked_in_inputs(meeting: Meeting) -> Sequence[Question]:
    """The questions in the form of inputs, and those asked no longer that somebody answered."""
    answered = select(InputAnswer.id).where(InputAnswer.question_id == Question.id).exists()
    query = select(Question).where(Question.meeting_id == meeting.id, Question.stage == INPUT)
    query = query.where(Question.ended_at.is_(None) | answered)
    return db.session.scalars(query.order_by(Question.position, Question.id)).all()


def category_of(written: Input) -> str:
    """The category by which its writer is asked; nobody of a body that was invited has one."""
    return written.registration.category.code if written.registration else ""


def answered_before(written: Input) -> dict[str, list[str]]:
    """What its writer answered at registration, for conditions hang on it."""
    return given(written.registration) if written.registration else {}


def taken_in_inputs(meeting: Meeting, *, but: int | None = None) -> Taken:
    """How many inputs that stand chose what: code of the question → code of the choice → inputs.

    Only true while the meeting is held; without the input with the number `but`.
    """
    query = (
        select(Question.code, InputAnswer.choice, func.count(InputAnswer.id))
        .join(InputAnswer.question)
        .join(InputAnswer.input)
        .where(Question.meeting_id == meeting.id, InputAnswer.choice != "")
        .where(Input.sent_at.is_not(None), Input.withdrawn_at.is_(None))
        .group_by(Question.code, InputAnswer.choice)
    )
    if but is not None:
        query = query.where(InputAnswer.input_id != but)
    taken: dict[str, dict[str, int]] = defaultdict(dict)
    for code, choice, count in db.session.execute(query):
        taken[code][choice] = count
    return taken


def full_in_inputs(meeting: Meeting) -> dict[str, list[str]]:
    """The choices in the form of inputs that have no place left: code of the question → codes of the choices."""
    return full_among(questions_of(meeting, INPUT), taken_in_inputs(meeting))


def taken_anywhere(meeting: Meeting) -> Taken:
    """How many chose what, in registrations and in inputs. Only true while the meeting is held."""
    return {**taken_by_choice(meeting), **taken_in_inputs(meeting)}


def answers_anywhere(question: Question) -> int:
    """How many registrations or inputs have an answer to this question, whatever became of them."""
    query = select(func.count(func.distinct(InputAnswer.input_id))).where(InputAnswer.question_id == question.id)
    return people_who_answered(question) + (db.session.scalar(query) or 0)


def to_forget(at: datetime, *, most: int) -> list[Question]:
    """Personal questions in the form of inputs with answers left, sent or typed, whose days are over: those of the
    question, or where it has none those of the meeting.
    """
    answered = select(InputAnswer.id).where(InputAnswer.question_id == Question.id).exists()
    typed = select(Draft.id).where(drafts_with(Question.meeting_id, Question.code)).exists()
    filed = select(AnswerFile.id).where(AnswerFile.question_id == Question.id).exists()
    query = select(Question).join(Question.meeting).where(Question.stage == INPUT, Question.is_personal)
    query = query.where(Meeting.ends_on < at.date(), answered | typed | filed)
    of_meetings = meetings_due(at)[ANSWERS]
    due = (one for one in db.session.scalars(query.order_by(Question.id)) if is_due(one, of_meetings, at))
    return list(islice(due, most))


def is_due(question: Question, of_meetings: Collection[int], at: datetime) -> bool:
    """Whether its days are over; without any of its own, those of its meeting, which is one of these then."""
    if question.retention_days is not None:
        return days_are_over(question, at)
    meeting = question.meeting
    is_seen = meeting.terms_from is None or meeting.terms_from <= at.astimezone(meeting.tz).date()
    return is_seen and meeting.id in of_meetings


def drafts_with(meeting_id: SQLColumnExpression[int], code: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Forms of inputs in which this question is answered: its code stands there as a name, and never in a text so."""
    return and_(
        Draft.kind == Input.draft_kind,
        Draft.scope_id == meeting_id,
        cast(Draft.content, Text).like(literal('%"').concat(code).concat('": [%')),
    )
