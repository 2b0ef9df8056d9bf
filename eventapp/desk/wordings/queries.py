from collections.abc import Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.models import LAPSED, UNCONFIRMED, Registration


def registrations_reading(meeting: Meeting, tongue: str, most: int) -> Sequence[Registration]:
    """Some registrations of this meeting, those who read this language first; none whose address nobody confirmed."""
    query = select(Registration).join(Person, Registration.person_id == Person.id)
    query = query.where(Registration.meeting_id == meeting.id, Registration.state.not_in((UNCONFIRMED, LAPSED)))
    along = (Registration.person, Registration.category, Registration.delegation)
    query = query.options(*(joinedload(one) for one in along))
    return db.session.scalars(query.order_by((Person.language == tongue).desc(), Registration.id).limit(most)).all()


def session_with(meeting: Meeting, person: Person) -> tuple[Session, SpeakingRole | None] | None:
    """A session in which this person has a part, with that part, else the first of the meeting; None without any."""
    theirs = and_(
        SpeakingRole.session_id == Session.id, SpeakingRole.person_id == person.id, SpeakingRole.ended_at.is_(None)
    )
    query = select(Session, SpeakingRole).outerjoin(SpeakingRole, theirs).options(joinedload(Session.room))
    query = query.where(Session.meeting_id == meeting.id, Session.cancelled_at.is_(None))
    row = db.session.execute(query.order_by(SpeakingRole.id.is_(None), Session.starts_at, Session.id).limit(1)).first()
    return (row[0], row[1]) if row else None
