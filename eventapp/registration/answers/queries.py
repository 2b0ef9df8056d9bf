from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.ground.db import db
from eventapp.ground.security.tokens import hashed
from eventapp.history.queries import entries_of
from eventapp.meetings.models import Meeting
from eventapp.questions.answers import ShownAnswer, by_question, days_are_over, full_among, shown
from eventapp.questions.conditions import applying, name_of
from eventapp.questions.kinds import APPROVED, DESK, FILE, REGISTRATION
from eventapp.questions.models import GUARDED, Question
from eventapp.questions.queries import asked_of_people, questions_of
from eventapp.registration.answers.models import Answer
from eventapp.registration.models import (
    DECLINED,
    LAPSED,
    UNCONFIRMED,
    WITHDRAWN,
    Registration,
    Upload,
)
from eventapp.registration.queries import uploads_of

LOST_CHOICE = "lost a choice that is full"


OFF = (UNCONFIRMED, DECLINED, WITHDRAWN, LAPSED)  # whose choices take no places
OWN_STAGES = (REGISTRATION, APPROVED)  # what the person sees of the answers
EVERY_STAGE = (*OWN_STAGES, DESK)


def answers_of(registration: Registration, *, stages: Collection[str] = EVERY_STAGE) -> Sequence[Answer]:
    """Every answer of this registration to questions of these stages, with its question and its words, in order."""
    query = select(Answer).join(Answer.question).where(Answer.registration_id == registration.id)
    query = query.options(contains_eager(Answer.question).joinedload(Question.meeting), joinedload(Answer.wording))
    query = query.where(Question.stage.in_(stages)).order_by(Question.stage, Question.position, Question.id, Answer.id)
    return db.session.scalars(query).all()


def given(
    registration: Registration, *, stages: Collection[str] = EVERY_STAGE, opens: bool = False
) -> dict[str, list[str]]:
    """What was answered at these stages: code of the question → codes of choices, or what was written.

    What is sealed is left out, unless this `opens` it for the person's own form; what no key opens is left out always.
    """
    answers = answers_of(registration, stages=stages)
    return by_question([one for one in answers if not one.is_sealed or (opens and one.written is not None)])


def mark_of_answers(registration: Registration, stages: Collection[str]) -> str:
    """What tells the answers of these stages from any others."""
    rows = [(one.question.code, one.choice, one.text, one.sealed) for one in answers_of(registration, stages=stages)]
    return hashed(repr(sorted(rows, key=repr)))


def answered_otherwise(
    registration: Registration, sent: Mapping[str, Sequence[str]], stages: Collection[str]
) -> list[str]:
    """The questions of these stages, in words, whose answers on record are others than these.

    One that is sealed and of which nothing was sent is kept, and so no other.
    """
    there = given(registration, stages=stages, opens=True)
    asked = [one for stage in stages for one in questions_of(registration.meeting, stage)]
    asked = [one for one in asked if one.code in sent or not one.is_sealed]
    return [f"“{name_of(one)}”" for one in asked if sorted(sent.get(one.code, ())) != sorted(there.get(one.code, ()))]


def lost_choices(registration: Registration) -> list[str]:
    """What somebody chose at registration that was full before it counted; nothing once the question is answered."""
    lost = [one.detail for one in entries_of(registration) if one.verb == LOST_CHOICE]
    if not lost:
        return []
    open_ones = {one.code for one in questions_of(registration.meeting, REGISTRATION)} - given(registration).keys()
    return list(dict.fromkeys(one["answer"] for one in lost if one.get("code") in open_ones))


def answers_in_words(registration: Registration, *, own: bool = False) -> list[ShownAnswer]:
    """Every answer in the words that were asked, what is sealed only as such.

    The person's `own` list is without what only organizers see, and open.
    """
    answers = answers_of(registration, stages=OWN_STAGES if own else EVERY_STAGE)
    files = uploads_of(registration) if any(one.question.kind == FILE for one in answers) else {}
    return shown(answers, registration.meeting.written_in, files.keys(), opens=own)


def sealed_answers(registration: Registration) -> Sequence[Answer]:
    """The answers of this registration that are sealed, in order."""
    return [one for one in answers_of(registration) if one.is_sealed]


def file_answered(registration: Registration, code: str, *, own: bool = False) -> Upload | None:
    """The file that answers the question with this code; of their `own` ones none that only organizers see."""
    stages = OWN_STAGES if own else EVERY_STAGE
    asked = select(Question.id).where(
        Question.meeting_id == registration.meeting_id, Question.code == code, Question.stage.in_(stages)
    )
    query = select(Upload).where(Upload.registration_id == registration.id, Upload.kind == code, asked.exists())
    return db.session.scalar(query.where(Upload.replaced_at.is_(None)).limit(1))


def questions_left(registration: Registration) -> tuple[int, int]:
    """How many questions are asked of this person once they have a place, and how many have no answer yet."""
    every = questions_of(registration.meeting, APPROVED)
    if not every:
        return 0, 0
    there = by_question(answers_of(registration))
    asked = applying(every, registration.category.code, there)
    return len(asked), sum(one.code not in there for one in asked)


def taken_by_choice(meeting: Meeting, *, but: int | None = None) -> Mapping[str, dict[str, int]]:
    """How many have chosen what has places: code of the question → code of the choice → people.

    Only true while the meeting is held; without those of the registration with the number `but`.
    """
    query = (
        select(Question.code, Answer.choice, func.count(Answer.id))
        .join(Answer.question)
        .join(Answer.registration)
        .where(Question.meeting_id == meeting.id, Answer.choice != "", Registration.state.not_in(OFF))
        .group_by(Question.code, Answer.choice)
    )
    if but is not None:
        query = query.where(Answer.registration_id != but)
    taken: dict[str, dict[str, int]] = defaultdict(dict)
    for code, choice, count in db.session.execute(query):
        taken[code][choice] = count
    return taken


def full_choices(meeting: Meeting) -> dict[str, list[str]]:
    """The choices that have no place left: code of the question → codes of the choices."""
    return full_among(asked_of_people(meeting), taken_by_choice(meeting))


def questions_to_forget(at: datetime, *, most: int) -> list[Question]:
    """Questions with days of their own and answers left whose days after the meeting are over."""
    answered = select(Answer.id).where(Answer.question_id == Question.id).exists()
    query = select(Question).join(Question.meeting).where(GUARDED, Question.retention_days.is_not(None))
    query = query.where(Meeting.ends_on < at.date(), answered).order_by(Question.id)
    due = (one for one in db.session.scalars(query) if days_are_over(one, at))
    return list(islice(due, most))


def people_who_answered(question: Question) -> int:
    """How many registrations have an answer to this question, whatever became of them."""
    query = select(func.count(func.distinct(Answer.registration_id))).where(Answer.question_id == question.id)
    return db.session.scalar(query) or 0
