"""The questions of one meeting for the next one."""

from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.questions.models import Question, QuestionWording
from eventapp.questions.queries import every_question_of

SAME = (
    "code",
    "kind",
    "stage",
    "position",
    "help",
    "section",
    "categories",
    "condition",
    "places",
    "is_required",
    "is_personal",
    "retention_days",
)


def copy_questions(source: Meeting, target: Meeting, *, by: Person | None, at: datetime) -> int:
    """Ask at another meeting, which asks nothing yet, what is asked at this one, in its words of now.

    Returns how many questions came along. Answers stay where they are.
    """
    lock(target)
    pairs = []
    for question in every_question_of(source):
        row = Question(meeting=target, wording_number=1, made_at=at, **{name: getattr(question, name) for name in SAME})
        db.session.add(row)
        pairs.append((row, question.wording.words))
    db.session.flush()
    for row, words in pairs:
        by_id = by.id if by else None
        db.session.add(QuestionWording(question_id=row.id, number=1, words=words, at=at, by_id=by_id))
        record("added question", row, by=by, at=at, code=row.code, label=words["label"])
    db.session.flush()
    return len(pairs)
