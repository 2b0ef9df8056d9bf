"""Looks at sealed answers: each is a line of history, with who, when, whose and which questions, never the words."""

from collections.abc import Collection, Sequence
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


def sealed_among(meeting: Meeting, columns: Collection[str]) -> list[str]:
    """Those of these columns that are questions whose answers are sealed, by their codes."""
    query = select(Question.code).where(Question.meeting_id == meeting.id, SEALED, Question.code.in_(columns))
    return sorted(db.session.scalars(query))


def take_along(
    meeting: Meeting, codes: Sequence[str], whose: Sequence[str], *, by: Person | None, at: datetime
) -> None:
    """Write down in one line whose sealed answers to these questions a file holds; nothing where it has none."""
    if whose:
        record(LOOKED, meeting, by=by, at=at, meeting_id=meeting.id, questions=list(codes), registrations=list(whose))
