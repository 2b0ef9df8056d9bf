from sqlalchemy import func, literal, or_, select, union_all

from eventapp.balance.models import Nominee
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.sorts import ANSWERS, LETTERS, NEEDS, NOMINEES, PHONES, PHOTOS, REMARKS, SORTS
from eventapp.questions.kinds import FILE
from eventapp.questions.models import GUARDED, Question
from eventapp.registration.answers.models import Answer
from eventapp.registration.models import LETTER, PHOTO, Delegation, DelegationLetter, Registration, Upload
from eventapp.registration.tags.models import OrganizerNote


def count_of_each(meeting: Meeting) -> dict[str, int]:
    """How many there are now of each sort of personal data of this meeting. One query."""
    here = Registration.meeting_id == meeting.id
    filed = select(func.count()).select_from(Upload).join(Upload.registration).where(here, Upload.sha256 != "")
    people = select(func.count()).select_from(Registration)
    answers = select(func.count()).select_from(Answer).join(Answer.question)
    counted = [
        (PHONES, people.where(here, Registration.phone != "")),
        (NEEDS, people.where(here, or_(Registration.access_needs != "", Registration.dietary_needs != ""))),
        (PHOTOS, filed.where(Upload.kind == PHOTO)),
        (LETTERS, filed.where(Upload.kind == LETTER)),
        (
            LETTERS,
            select(func.count())
            .select_from(DelegationLetter)
            .join(DelegationLetter.delegation)
            .where(Delegation.meeting_id == meeting.id, DelegationLetter.sha256 != ""),
        ),
        (
            ANSWERS,
            answers.where(
                Question.meeting_id == meeting.id,
                Question.retention_days.is_(None),
                or_(GUARDED, Question.kind == FILE),
            ),
        ),
        (
            REMARKS,
            select(func.count())
            .select_from(OrganizerNote)
            .join(Registration, Registration.id == OrganizerNote.registration_id)
            .where(here),
        ),
        (NOMINEES, select(func.count()).select_from(Nominee).where(Nominee.meeting_id == meeting.id)),
    ]
    found = dict.fromkeys(SORTS, 0)
    rows = union_all(*(select(literal(sort), query.scalar_subquery()) for sort, query in counted))
    for sort, number in db.session.execute(rows):
        found[sort] += number or 0
    return found


def questions_with_days(meeting: Meeting) -> list[Question]:
    """The personal questions that have days of their own."""
    query = select(Question).where(Question.meeting_id == meeting.id, Question.retention_days.is_not(None))
    return list(db.session.scalars(query.order_by(Question.stage, Question.position)))
