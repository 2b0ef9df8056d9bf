from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, func, literal, not_, or_, select, union_all

from eventapp.balance.models import Nominee
from eventapp.ground.db import db, table_of
from eventapp.inputs.answers.models import InputAnswer
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.models import Deletion
from eventapp.meetings.retention.sorts import (
    ANSWERS,
    LETTERS,
    NEEDS,
    NETWORKING,
    NOMINEES,
    PHONES,
    PHOTOS,
    REMARKS,
    SORTS,
)
from eventapp.networking.bilaterals.models import Bilateral
from eventapp.networking.offers.models import NetworkingLine
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
        (ANSWERS, answers.where(Question.meeting_id == meeting.id, Question.retention_days.is_(None), GUARDED)),
        (  # of a question that is not personal the file goes, and what it was called stays
            ANSWERS,
            filed.join(Question, (Question.code == Upload.kind) & (Question.meeting_id == meeting.id)).where(
                Question.retention_days.is_(None), Question.kind == FILE, not_(GUARDED)
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
        *((NETWORKING, query) for query in networking_of(meeting)),
    ]
    found = dict.fromkeys(SORTS, 0)
    rows = union_all(*(select(literal(sort), query.scalar_subquery()) for sort, query in counted))
    for sort, number in db.session.execute(rows):
        found[sort] += number or 0
    return found


def networking_of(meeting: Meeting) -> list[Select[int]]:
    """How many lines of networking there are, and how many requests."""
    counted = select(func.count())
    return [
        counted.select_from(model).where(table_of(model).c.meeting_id == meeting.id)
        for model in (NetworkingLine, Bilateral)
    ]


def questions_with_days(meeting: Meeting) -> list[tuple[Question, int]]:
    """The questions that have days of their own, each with how many personal answers there are. One query."""
    given = select(func.count()).where(Answer.question_id == Question.id, GUARDED).scalar_subquery()
    typed = select(func.count()).where(InputAnswer.question_id == Question.id, GUARDED).scalar_subquery()
    query = select(Question, given + typed).where(
        Question.meeting_id == meeting.id, Question.retention_days.is_not(None)
    )
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(Question.stage, Question.position))]


def days_with_deletions(meeting: Meeting) -> Select[date]:
    """The days on which personal data of this meeting was deleted, the newest first."""
    return select(Deletion.day).where(Deletion.meeting_id == meeting.id).distinct().order_by(Deletion.day.desc())


def deleted_on(meeting: Meeting, days: Collection[date]) -> dict[date, list[tuple[str, int]]]:
    """How much of each sort was deleted on each of these days: day -> sorts with their numbers. One query."""
    query = select(Deletion.day, Deletion.sort, func.sum(Deletion.number)).group_by(Deletion.day, Deletion.sort)
    query = query.where(Deletion.meeting_id == meeting.id, Deletion.day.in_(days)).order_by(Deletion.day, Deletion.sort)
    found = defaultdict[date, list[tuple[str, int]]](list)
    for day, sort, number in db.session.execute(query):
        found[day].append((sort, number))
    return found
