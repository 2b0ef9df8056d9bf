"""Looks at sealed answers: each is a line of history, with who, when, whose and which questions, never the words."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.questions.answers import ShownAnswer, shown
from eventapp.questions.models import SEALED, Question
from eventapp.registration.answers.queries import sealed_answers
from eventapp.registration.models import Registration
from eventapp.registration.queries import uploads_of

LOOKED = "looked at sealed answers"


def look_at(registration: Registration, *, by: Person, at: datetime) -> list[ShownAnswer]:
    """The sealed answers of this person, open. Refused where there are none."""
    answers = sealed_answers(registration)
    if not answers:
        raise Refused(_("%(name)s has given no sealed answer.", name=registration.record_name))
    codes = list(dict.fromkeys(one.question.code for one in answers))
    record(LOOKED, registration, by=by, at=at, questions=codes)
    return shown(answers, registration.meeting.written_in, uploads_of(registration).keys(), opens=True)


def take_file_along(registration: Registration, code: str, *, by: Person, at: datetime) -> None:
    """Write down that the sealed file that answers this question was opened."""
    record(LOOKED, registration, by=by, at=at, questions=[code])


def take_along(
    meeting: Meeting,
    registrations: Sequence[Registration],
    columns: Collection[str],
    answers: Mapping[int, Mapping[str, str]],
    *,
    by: Person | None,
    at: datetime,
) -> None:
    """Write down in one line whose sealed answers a file holds that these columns are of; nothing where it has none."""
    query = select(Question.code).where(Question.meeting_id == meeting.id, SEALED, Question.code.in_(columns))
    codes = sorted(db.session.scalars(query))
    whose = [one.reference for one in registrations if not answers.get(one.id, {}).keys().isdisjoint(codes)]
    if whose:
        record(LOOKED, meeting, by=by, at=at, meeting_id=meeting.id, questions=codes, registrations=whose)
