from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.db import db
from eventapp.meetings.models import Category, Meeting, Room, Staff
from eventapp.people.models import Person

# Asked by every page of a meeting, and so made once: building it costs more than running it.
AT_SLUG = select(Meeting).where(Meeting.slug == bindparam("address"))


def meeting_at(slug: str) -> Meeting | None:
    """The meeting with this address."""
    return db.session.scalar(AT_SLUG, {"address": slug})


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


def holders_of(meeting: Meeting, role: str) -> list[Staff]:
    """Who holds this staff role at this meeting now, in the order it was granted."""
    query = select(Staff).where(Staff.meeting_id == meeting.id, Staff.role == role, Staff.ended_at.is_(None))
    return list(db.session.scalars(query.order_by(Staff.id)))


def rooms_in_use(meeting: Meeting) -> list[Room]:
    """The rooms that are not closed, in their order."""
    return [room for room in meeting.rooms if room.closed_at is None]


def staff_of(meeting: Meeting) -> list[Staff]:
    """Everybody who holds a role at this meeting now, by name; one person may hold several."""
    query = (
        select(Staff)
        .join(Person, Staff.person_id == Person.id)
        .where(Staff.meeting_id == meeting.id, Staff.ended_at.is_(None))
        .order_by(Person.name, Staff.id)
        .options(contains_eager(Staff.person))
    )
    return list(db.session.scalars(query))


def past_staff_of(meeting: Meeting) -> list[Staff]:
    """Everybody whose role at this meeting has ended, the latest first."""
    query = select(Staff).where(Staff.meeting_id == meeting.id, Staff.ended_at.is_not(None))
    return list(db.session.scalars(query.order_by(Staff.ended_at.desc()).options(joinedload(Staff.person))))


def categories_open_to_all(meeting: Meeting) -> list[Category]:
    """The categories that people may register in themselves, in order of protocol."""
    return [category for category in meeting.categories if category.takes_registrations]
