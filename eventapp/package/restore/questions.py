"""The questions of a package become those of its meeting again, with the answers that came along."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.inputs.answers.models import InputAnswer
from eventapp.inputs.models import Input
from eventapp.meetings.models import Meeting
from eventapp.package.export.questions import SAME
from eventapp.package.manifest import questions as asked
from eventapp.package.manifest.content import Package
from eventapp.questions.models import Question, QuestionWording
from eventapp.registration.answers.models import Answer
from eventapp.registration.models import Registration


def questions_from(package: Package, meeting: Meeting, *, at: datetime) -> None:
    """Keep every question with its versions, and every answer that came along. People and inputs are there already."""
    rows: dict[str, Question] = {}
    wordings: dict[tuple[str, int], QuestionWording] = {}
    for one in package.questions:
        row = Question(
            meeting=meeting,
            categories=list(one.categories),
            ended_at=one.ended_at,
            **{name: getattr(one, name) for name in SAME},
        )
        db.session.add(row)
        db.session.flush()
        rows[one.code] = row
        for each in one.wordings:
            wording = QuestionWording(question_id=row.id, number=each.number, words=each.words, at=each.at)
            db.session.add(wording)
            wordings[one.code, each.number] = wording
    db.session.flush()
    people = select(Registration).where(Registration.meeting_id == meeting.id).order_by(Registration.number)
    for registration, who in zip(db.session.scalars(people).all(), package.participants, strict=True):
        answers = columns_of(who.answers, rows, wordings, at)
        db.session.add_all(Answer(registration=registration, **each) for each in answers)
    inputs = {row.number: row for row in db.session.scalars(select(Input).where(Input.meeting_id == meeting.id))}
    for written in package.inputs:
        answers = columns_of(written.answers, rows, wordings, at)
        db.session.add_all(InputAnswer(input=inputs[written.number], **each) for each in answers)
    db.session.flush()


def columns_of(
    answers: Iterable[asked.Answer],
    rows: Mapping[str, Question],
    wordings: Mapping[tuple[str, int], QuestionWording],
    at: datetime,
) -> Iterable[dict[str, object]]:
    """What the rows of these answers hold beside whose they are, but of what is sealed: packages of before had it."""
    for one in answers:
        if rows[one.question].is_sealed:
            continue
        wording = wordings[one.question, one.wording].id
        yield {"question": rows[one.question], "wording_id": wording, "choice": one.choice, "text": one.text, "at": at}
