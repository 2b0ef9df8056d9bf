from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, inspect, select

from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.questions.kinds import INPUT
from eventapp.questions.models import Question, QuestionWording


def questions_of(meeting: Meeting, stage: str) -> Sequence[Question]:
    """What the meeting asks at this stage, in order."""
    asked = select(Question).where(
        Question.meeting_id == meeting.id, Question.stage == stage, Question.ended_at.is_(None)
    )
    return db.session.scalars(asked.order_by(Question.position, Question.id)).all()


def every_question_of(meeting: Meeting) -> Sequence[Question]:
    """What the meeting asks at any stage, by stage and order."""
    asked = select(Question).where(Question.meeting_id == meeting.id, Question.ended_at.is_(None))
    return db.session.scalars(asked.order_by(Question.stage, Question.position, Question.id)).all()


def asked_of_people(meeting: Meeting) -> Sequence[Question]:
    """What the meeting asks of whoever registers, at any stage: all but what stands in other forms."""
    return [one for one in every_question_of(meeting) if one.stage != INPUT]


def renew(questions: Sequence[Question]) -> None:
    """Read these questions again at once where a transaction has forgotten them: else each is read for itself."""
    stale = [inspect(one).identity for one in questions if inspect(one).expired]
    if stale:
        db.session.scalars(select(Question).where(Question.id.in_([key[0] for key in stale if key]))).all()


def every_question_ever(meeting: Meeting) -> Sequence[Question]:
    """What the meeting asks or asked, ended ones too."""
    return db.session.scalars(select(Question).where(Question.meeting_id == meeting.id).order_by(Question.id)).all()


def ended_questions(meeting: Meeting, stage: str) -> Sequence[Question]:
    """What the meeting asked once at this stage, the last to end first."""
    ended = select(Question).where(
        Question.meeting_id == meeting.id, Question.stage == stage, Question.ended_at.is_not(None)
    )
    return db.session.scalars(ended.order_by(Question.ended_at.desc(), Question.id.desc())).all()


def question_named(meeting: Meeting, code: str) -> Question | None:
    """The question of this meeting with this code, ended or not."""
    return db.session.scalar(select(Question).where(Question.meeting_id == meeting.id, Question.code == code))


def questions_by_stage(meeting: Meeting) -> Counter[str]:
    """How many questions are asked at each stage."""
    query = select(Question.stage, func.count()).where(Question.meeting_id == meeting.id, Question.ended_at.is_(None))
    return Counter({row[0]: row[1] for row in db.session.execute(query.group_by(Question.stage))})


def codes_of(meeting: Meeting) -> set[str]:
    """Every code that a question of this meeting has or had."""
    return set(db.session.scalars(select(Question.code).where(Question.meeting_id == meeting.id)))


def wordings_of(question: Question) -> Sequence[QuestionWording]:
    """Every version of a question, the first first."""
    query = select(QuestionWording).where(QuestionWording.question_id == question.id)
    return db.session.scalars(query.order_by(QuestionWording.number)).all()
