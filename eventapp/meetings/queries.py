from sqlalchemy import select

from eventapp.db import db
from eventapp.meetings.models import Meeting, Staff
from eventapp.people.models import Person


def meeting_at(slug: str) -> Meeting | None:
    """The meeting with this address."""
    return db.session.scalar(select(Meeting).where(Meeting.slug == slug))


def holds_role(person: Person, meeting: Meeting, *roles: str) -> bool:
    """Whether this person holds one of these staff roles at this meeting, now."""
    query = select(Staff.id).where(
        Staff.person_id == person.id,
        Staff.meeting_id == meeting.id,
        Staff.role.in_(roles),
        Staff.ended_at.is_(None),
    )
    return db.session.scalar(query.limit(1)) is not None


def roles_at(person: Person, meeting: Meeting) -> set[str]:
    """Every staff role this person holds at this meeting, now."""
    query = select(Staff.role).where(
        Staff.person_id == person.id, Staff.meeting_id == meeting.id, Staff.ended_at.is_(None)
    )
    return set(db.session.scalars(query))
