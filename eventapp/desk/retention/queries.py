from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import Select, func, literal, not_, select, union_all

from eventapp.agenda.availability.models import Availability
from eventapp.balance.models import Nominee
from eventapp.ground.db import db, table_of
from eventapp.inputs.answers.models import InputAnswer
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.models import Deletion
from eventapp.meetings.retention.sorts import (
    ANSWERS,
    AVAILABILITY,
    COUNTED,
    GENDER,
    INVITATIONS,
    LANGUAGES,
    LETTERS,
    NEEDS,
    NETWORKING,
    NOMINEES,
    PHONES,
    PHOTOS,
    REMARKS,
    TITLES,
    UNITS,
)
from eventapp.networking.bilaterals.models import Bilateral
from eventapp.networking.offers.models import NetworkingLine
from eventapp.questions.kinds import FILE
from eventapp.questions.models import GUARDED, Question
from eventapp.registration.answers.models import Answer
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.invitations.retention import unused
from eventapp.registration.models import LETTER, PHOTO, Delegation, DelegationLetter, Registration, Upload
from eventapp.registration.tags.models import OrganizerNote
from eventapp.registration.uploads.fields import FILLED


def count_of_each(meeting: Meeting) -> dict[str, int]:
    """How many there are now of each sort of personal data of this meeting. One query."""
    return counts_in([meeting.id])[meeting.id]


def counts_in(meetings: Collection[int]) -> dict[int, dict[str, int]]:
    """The same of several meetings: number of the meeting -> sort -> how many. One query."""
    found = {meeting: dict.fromkeys(COUNTED, 0) for meeting in meetings}
    rows = union_all(
        *(
            select(literal(sort), *query.group_by(query.selected_columns[0]).subquery().c)
            for sort, query in (*of_people(meetings), *of_answers(meetings), *of_meetings(meetings))
        )
    )
    for sort, meeting, number in db.session.execute(rows):
        found[meeting][sort] += number or 0
    return found


Counts = Iterator[tuple[str, Select[int, int]]]  # a sort, and a query: number of the meeting, how many


def of_people(meetings: Collection[int]) -> Counts:
    """What stands in registrations and beside them."""
    here, whose = Registration.meeting_id.in_(meetings), Registration.meeting_id
    people = select(whose, func.count()).select_from(Registration).where(here)
    notes = select(whose, func.count()).select_from(OrganizerNote)
    for sort in (PHONES, NEEDS, LANGUAGES, TITLES, UNITS, GENDER):
        yield sort, people.where(FILLED[sort])
    yield PHOTOS, files_in(meetings).where(Upload.kind == PHOTO)
    yield LETTERS, files_in(meetings).where(Upload.kind == LETTER)
    yield REMARKS, notes.join(Registration, Registration.id == OrganizerNote.registration_id).where(here)


def of_answers(meetings: Collection[int]) -> Counts:
    """Answers to questions without days of their own. Of a question that is not personal the file goes, and what it
    was called stays.
    """
    answers = select(Question.meeting_id, func.count()).select_from(Answer).join(Answer.question)
    yield ANSWERS, answers.where(Question.meeting_id.in_(meetings), Question.retention_days.is_(None), GUARDED)
    typed = select(Question.meeting_id, func.count()).select_from(InputAnswer).join(InputAnswer.question)
    yield ANSWERS, typed.where(Question.meeting_id.in_(meetings), Question.retention_days.is_(None), GUARDED)
    asked = (Question.code == Upload.kind) & (Question.meeting_id == Registration.meeting_id)
    open_ones = (Question.retention_days.is_(None), Question.kind == FILE, not_(GUARDED))
    yield ANSWERS, files_in(meetings).join(Question, asked).where(*open_ones)


def of_meetings(meetings: Collection[int]) -> Counts:
    """What is of a meeting or of a delegation."""
    letters = select(Delegation.meeting_id, func.count()).select_from(DelegationLetter)
    letters = letters.join(DelegationLetter.delegation)
    yield LETTERS, letters.where(Delegation.meeting_id.in_(meetings), DelegationLetter.sha256 != "")
    yield INVITATIONS, select(Invitation.meeting_id, func.count()).where(unused(meetings))
    for sort, model in (
        (AVAILABILITY, Availability),
        (NOMINEES, Nominee),
        (NETWORKING, NetworkingLine),
        (NETWORKING, Bilateral),
    ):
        column = table_of(model).c.meeting_id
        yield sort, select(column, func.count()).where(column.in_(meetings))


def files_in(meetings: Collection[int]) -> Select[int, int]:
    """How many files of people are there, by meeting."""
    query = select(Registration.meeting_id, func.count()).select_from(Upload).join(Upload.registration)
    return query.where(Registration.meeting_id.in_(meetings), Upload.sha256 != "")


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


def deleted_on(meeting: Meeting, days: Collection[date]) -> dict[date, list[Deletion]]:
    """How much of each sort was deleted on each of these days, and for whose days. One query.

    Returns rows that are in no session, added up: day -> rows, those of one origin together.
    """
    facts = (Deletion.day, Deletion.origin, Deletion.kind_id, Deletion.sort)
    query = select(*facts, func.sum(Deletion.number)).group_by(*facts).order_by(*facts)
    found = defaultdict[date, list[Deletion]](list)
    for day, origin, kind, sort, number in db.session.execute(
        query.where(Deletion.meeting_id == meeting.id, Deletion.day.in_(days))
    ):
        found[day].append(Deletion(day=day, sort=sort, number=number, origin=origin, kind_id=kind))
    return found
