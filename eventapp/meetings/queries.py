from typing import Protocol

from sqlalchemy import Boolean, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.ground.db import db
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, Body, Category, Meeting, Room, Staff
from eventapp.meetings.organizers.models import BodyOrganizer
from eventapp.people.models import Person

IN_STAFF = (  # these are asked by every page of a meeting, and so made once
    select(Staff.id).where(
        Staff.person_id == bindparam("person"),
        Staff.meeting_id == bindparam("meeting"),
        Staff.role.in_(bindparam("roles", expanding=True)),
    )
)
IN_BODY = (
    select(BodyOrganizer.id)
    .join(Body, Body.code == BodyOrganizer.code)
    .where(
        bindparam("organizes", type_=Boolean()),
        BodyOrganizer.person_id == bindparam("person"),
        Body.meeting_id == bindparam("meeting"),
    )
)
EVER_HELD = select(or_(IN_STAFF.exists(), IN_BODY.exists()))
HELD_NOW = select(
    or_(IN_STAFF.where(Staff.ended_at.is_(None)).exists(), IN_BODY.where(BodyOrganizer.ended_at.is_(None)).exists())
)
IS_HERE = Meeting.is_arriving.is_(False)  # what a package is being read into is nowhere before it is whole
AT_ADDRESS = select(Meeting).where(Meeting.slug == bindparam("slug"), IS_HERE)
CATEGORIES = select(Category).where(Category.meeting_id == bindparam("meeting")).order_by(Category.protocol_order)


class Numbered(Protocol):
    """A meeting, whole or by its number alone: for roles the number is enough."""

    @property
    def id(self) -> int: ...


def meeting_at(slug: str) -> Meeting | None:
    """The meeting with this address."""
    return db.session.scalar(AT_ADDRESS, {"slug": slug})


def holds_role(person: Person, meeting: Numbered, *roles: str) -> bool:
    """Whether this person holds one of these staff roles at this meeting, now.

    Who organizes a body of the meeting is its organizer.
    """
    return bool(db.session.scalar(HELD_NOW, asked(person, meeting, roles)))


def held_role(person: Person, meeting: Numbered, *roles: str) -> bool:
    """Whether this person holds one of these staff roles at this meeting, or ever did."""
    return bool(db.session.scalar(EVER_HELD, asked(person, meeting, roles)))


def asked(person: Person, meeting: Numbered, roles: tuple[str, ...]) -> dict[str, object]:
    return {"person": person.id, "meeting": meeting.id, "roles": roles, "organizes": ORGANIZER in roles}


def meetings_with(person: Person, role: str) -> set[int]:
    """The meetings at which this person holds this staff role now, by their numbers."""
    query = select(Staff.meeting_id).where(Staff.person_id == person.id, Staff.role == role, Staff.ended_at.is_(None))
    return set(db.session.scalars(query)) | (meetings_of_bodies(person) if role == ORGANIZER else set())


def organizes_somewhere(person: Person) -> bool:
    """Whether this person organizes any meeting, or every meeting of a body, now."""
    held = select(Staff.id).where(Staff.person_id == person.id, Staff.role == ORGANIZER, Staff.ended_at.is_(None))
    bodies = select(BodyOrganizer.id).where(BodyOrganizer.person_id == person.id, BodyOrganizer.ended_at.is_(None))
    return bool(db.session.scalar(select(held.exists() | bodies.exists())))


def meetings_of_bodies(person: Person) -> set[int]:
    """The meetings of the bodies that this person organizes now, by their numbers."""
    query = select(Body.meeting_id).join(BodyOrganizer, BodyOrganizer.code == Body.code)
    query = query.join(Meeting, Meeting.id == Body.meeting_id).where(IS_HERE)
    return set(db.session.scalars(query.where(BodyOrganizer.person_id == person.id, BodyOrganizer.ended_at.is_(None))))


def bodies_organized(person: Person) -> set[str]:
    """The bodies of which this person organizes every meeting now, by their codes."""
    query = select(BodyOrganizer.code).where(BodyOrganizer.person_id == person.id, BodyOrganizer.ended_at.is_(None))
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


def category_of(meeting: Meeting, code: str) -> Category | None:
    """The category of this meeting with this code."""
    return db.session.scalar(select(Category).where(Category.meeting_id == meeting.id, Category.code == code))


def categories_of(meeting: Meeting) -> list[Category]:
    """The categories of this meeting, in order of protocol."""
    return list(db.session.scalars(CATEGORIES, {"meeting": meeting.id}))


def categories_open_to_all(meeting: Meeting) -> list[Category]:
    """The categories that people may register in themselves, in order of protocol."""
    return [category for category in meeting.categories if category.takes_registrations]


def unused_number() -> int | None:
    """The number of a meeting that is made now; None where the database gives it, as PostgreSQL does, and none twice.

    SQLite gives the number of the last meeting again once that is removed. But the history goes on speaking of it, and
    so may what a phone has kept at a door.
    """
    if db.engine.dialect.name != "sqlite":
        return None
    numbers = db.session.scalars(select(func.max(Meeting.id)).union_all(select(func.max(Entry.meeting_id))))
    return max((number or 0 for number in numbers), default=0) + 1
