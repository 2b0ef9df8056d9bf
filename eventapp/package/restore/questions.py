"""The questions of a package become those of its meeting again, with the answers that came along."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.inputs.answers.models import InputAnswer
from eventapp.inputs.models import Input
from eventapp.meetings.models import Meeting
from eventapp.package.export.questions import SAME
from eventapp.package.manifest import content
from eventapp.package.manifest import inputs as handed
from eventapp.package.manifest import questions as asked
from eventapp.package.restore.arrival import Arrival
from eventapp.questions.models import Question, QuestionWording
from eventapp.registration.answers.models import Answer
from eventapp.registration.models import Registration


def questions_from(one: Arrival) -> None:
    """Keep every question with its versions."""
    for each in one.package.questions:
        row = Question(
            meeting=one.meeting,
            categories=list(each.categories),
            ended_at=each.ended_at,
            **{name: getattr(each, name) for name in SAME},
        )
        db.session.add(row)
        db.session.flush()
        db.session.add_all(
            QuestionWording(question_id=row.id, number=wording.number, words=wording.words, at=wording.at)
            for wording in each.wordings
        )


def answers_from(one: Arrival, people: Sequence[tuple[int, content.Participant]]) -> None:
    """Keep the answers that came along of these, each with their number. The questions are there already."""
    rows, wordings = asked_at(one.meeting)
    numbers = [number for number, _who in people]
    found = select(Registration).where(Registration.meeting_id == one.meeting_id, Registration.number.in_(numbers))
    registrations = {each.number: each for each in db.session.scalars(found)}
    for number, who in people:
        answers = columns_of(who.answers, rows, wordings, one.at)
        db.session.add_all(Answer(registration=registrations[number], **each) for each in answers)


def input_answers_from(one: Arrival, inputs: Sequence[handed.Input]) -> None:
    """Keep the answers of these inputs. The questions are there already."""
    rows, wordings = asked_at(one.meeting)
    found = {each.number: each for each in db.session.scalars(select(Input).where(Input.meeting_id == one.meeting_id))}
    for written in inputs:
        answers = columns_of(written.answers, rows, wordings, one.at)
        db.session.add_all(InputAnswer(input=found[written.number], **each) for each in answers)


def asked_at(meeting: Meeting) -> tuple[dict[str, Question], dict[tuple[str, int], int]]:
    """The questions of the meeting by code, and the numbers of their wordings."""
    rows = {each.code: each for each in db.session.scalars(select(Question).where(Question.meeting_id == meeting.id))}
    query = select(Question.code, QuestionWording.number, QuestionWording.id)
    query = query.join(QuestionWording, QuestionWording.question_id == Question.id)
    wordings = db.session.execute(query.where(Question.meeting_id == meeting.id))
    return rows, {(code, number): wording for code, number, wording in wordings}


def columns_of(
    answers: Iterable[asked.Answer],
    rows: Mapping[str, Question],
    wordings: Mapping[tuple[str, int], int],
    at: datetime,
) -> Iterable[dict[str, object]]:
    """What the rows of these answers hold beside whose they are, but of what is sealed: packages of before had it."""
    for one in answers:
        if rows[one.question].is_sealed:
            continue
        wording = wordings[one.question, one.wording]
        yield {"question": rows[one.question], "wording_id": wording, "choice": one.choice, "text": one.text, "at": at}
