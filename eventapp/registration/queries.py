from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from eventapp.db import Base, db, plain
from eventapp.mail.models import Letter
from eventapp.meetings.models import Category, Meeting
from eventapp.prepared import Ask
from eventapp.registration.entry import CALENDAR, OWN, read_token
from eventapp.registration.models import (
    APPROVED,
    LETTER,
    TIME_TO_CONFIRM,
    UNCONFIRMED,
    WAITING,
    Amendment,
    Decision,
    Delegation,
    Registration,
    Upload,
)
from eventapp.text import figure, folded

# What every registration asks, made once: building a statement costs more than running it.
REGISTRATIONS = Base.metadata.tables[Registration.__tablename__]
DELEGATIONS = Base.metadata.tables[Delegation.__tablename__]
MEETINGS = Base.metadata.tables[Meeting.__tablename__]
CATEGORIES = Base.metadata.tables[Category.__tablename__]
OF_PERSON = select(Registration).where(
    Registration.person_id == bindparam("person"), Registration.meeting_id == bindparam("meeting")
)
BY_KEY = select(REGISTRATIONS.c.id).where(REGISTRATIONS.c.client_key == bindparam("key"))
TAKEN = select(func.count()).where(
    REGISTRATIONS.c.meeting_id == bindparam("meeting"), REGISTRATIONS.c.state == APPROVED
)
TAKEN_IN_CATEGORY = TAKEN.where(REGISTRATIONS.c.category_id == bindparam("category"))
HIGHEST_NUMBER = select(func.max(REGISTRATIONS.c.number)).where(REGISTRATIONS.c.meeting_id == bindparam("meeting"))
NAMED = select(DELEGATIONS.c.id, DELEGATIONS.c.name).where(
    DELEGATIONS.c.meeting_id == bindparam("meeting"), DELEGATIONS.c.folded_name == bindparam("name")
)
OPEN_TO_ALL = and_(
    CATEGORIES.c.meeting_id == MEETINGS.c.id,
    CATEGORIES.c.code == bindparam("category"),
    CATEGORIES.c.takes_registrations,
)
SENDS = and_(DELEGATIONS.c.meeting_id == MEETINGS.c.id, DELEGATIONS.c.folded_name == bindparam("delegation"))
# Everything that a request is decided by, in one reading.
GROUNDS = (
    select(
        BY_KEY.scalar_subquery(),
        HIGHEST_NUMBER.scalar_subquery(),
        CATEGORIES.c.id,
        DELEGATIONS.c.id,
        DELEGATIONS.c.name,
    )
    .select_from(MEETINGS)
    .outerjoin(CATEGORIES, OPEN_TO_ALL)
    .outerjoin(DELEGATIONS, SENDS)
    .where(MEETINGS.c.id == bindparam("meeting"))
)
ORGANIZATIONS = (
    select(DELEGATIONS.c.name)
    .join(REGISTRATIONS, REGISTRATIONS.c.delegation_id == DELEGATIONS.c.id)
    .where(
        REGISTRATIONS.c.meeting_id == bindparam("meeting"),
        REGISTRATIONS.c.state == APPROVED,
        DELEGATIONS.c.is_state.is_(False),
    )
    .distinct()
)


class Represented(NamedTuple):
    """A delegation as it is known on record."""

    id: int
    name: str


class Grounds(NamedTuple):
    """What a request is decided by; None where there is no such row."""

    sent_before: int | None  # the registration made from the same form
    newest: int  # the highest number of a registration, 0 where there is none
    category: int | None  # of this code, where it is open to everybody
    delegation: Represented | None


def grounds(meeting: Meeting | Any, *, key: str, category: str, delegation: str) -> Grounds:
    """By what to decide a request for this category and delegation; only right while the meeting is locked."""
    said = {"key": key, "meeting": meeting.id, "category": category, "delegation": folded(delegation)}
    before, newest, category_id, *represented = plain(GROUNDS, said).one()
    return Grounds(before, newest or 0, category_id, Represented(*represented) if represented[0] else None)


def registration_of(person: int, meeting: int) -> Registration | None:
    """The registration of the person with this number for the meeting with that one, whatever became of it."""
    return db.session.scalar(OF_PERSON, {"person": person, "meeting": meeting})


def registration_by_key(client_key: str) -> Registration | None:
    """The registration that this form was sent for before."""
    number = db.session.scalar(BY_KEY, {"key": client_key})
    return db.session.get(Registration, number) if number else None


def registration_by_number(meeting: Meeting, reference: str) -> Registration | None:
    """R-0165 of this meeting."""
    number = figure(reference.removeprefix("R-"))
    query = select(Registration).where(Registration.meeting_id == meeting.id, Registration.number == number)
    return db.session.scalar(query)


def registration_by_token(token: str, *, at: datetime) -> Registration | None:
    """Whose private link this is; None where it was altered or ended."""
    read = read_token(OWN, token, at=at)
    registration = db.session.get(Registration, read[0]) if read else None
    return registration if registration and read and registration.link_version == read[1] else None


def registration_by_calendar(token: str, *, at: datetime) -> Registration | None:
    """Whose calendar this is; None where the link was altered or replaced."""
    read = read_token(CALENDAR, token, at=at)
    registration = db.session.get(Registration, read[0]) if read else None
    return registration if registration and read and registration.calendar_version == read[1] else None


def approved(meeting: Meeting) -> list[Registration]:
    """Everybody who has a place, by number."""
    query = select(Registration).where(Registration.meeting_id == meeting.id, Registration.state == APPROVED)
    return list(db.session.scalars(query.order_by(Registration.number)))


def places_taken(meeting: Meeting | Any, category: Category | None = None, ask: Ask = plain) -> int:
    """How many hold a place, at the meeting or in one of its categories."""
    if category:
        return ask(TAKEN_IN_CATEGORY, {"meeting": meeting.id, "category": category.id}).scalar() or 0
    return ask(TAKEN, {"meeting": meeting.id}).scalar() or 0


def places_left(meeting: Meeting | Any, category: Category | None = None, ask: Ask = plain) -> int:
    """How many places are free, at the meeting or, where a category has its own number, in the scarcer of the two."""
    left = meeting.capacity - places_taken(meeting, ask=ask)
    if category and category.capacity is not None:
        left = min(left, category.capacity - places_taken(meeting, category))
    return left


def waiting(meeting: Meeting) -> list[Registration]:
    """The waiting list, the first in line first."""
    query = select(Registration).where(Registration.meeting_id == meeting.id, Registration.state == WAITING)
    return list(db.session.scalars(query.order_by(Registration.waiting_since, Registration.number)))


def waiting_position(registration: Registration) -> int:
    """Place on the waiting list, 1 for the next; 0 for somebody who does not wait."""
    if registration.state != WAITING or registration.waiting_since is None:
        return 0
    since, number = registration.waiting_since, registration.number
    earlier = or_(
        Registration.waiting_since < since,
        and_(Registration.waiting_since == since, Registration.number < number),
    )
    query = select(func.count()).where(
        Registration.meeting_id == registration.meeting_id, Registration.state == WAITING, earlier
    )
    return (db.session.scalar(query) or 0) + 1


def next_number(meeting: Meeting | Any) -> int:
    """The number after the newest; only right while the meeting is locked."""
    return (db.session.scalar(HIGHEST_NUMBER, {"meeting": meeting.id}) or 0) + 1


def unconfirmed_since_long(at: datetime) -> list[Registration]:
    """Requests that nobody confirmed in time, of every meeting."""
    query = select(Registration).where(Registration.state == UNCONFIRMED, Registration.asked_at <= at - TIME_TO_CONFIRM)
    return list(db.session.scalars(query.order_by(Registration.meeting_id, Registration.id)))


def newest_decision(registration: Registration) -> Decision | None:
    """The newest change of state that still stands."""
    query = select(Decision).where(Decision.registration_id == registration.id, Decision.undone_at.is_(None))
    return db.session.scalar(query.order_by(Decision.id.desc()).limit(1))


def newest_decisions(meeting: Meeting, references: Sequence[str]) -> dict[str, int]:
    """The number of the newest decision that still stands about each of these, R-0165 for example."""
    named = {figure(reference.removeprefix("R-")): reference for reference in references}
    query = select(Registration.number, func.max(Decision.id)).join(Decision.registration)
    query = query.where(Registration.meeting_id == meeting.id, Registration.number.in_(named))
    found = db.session.execute(query.where(Decision.undone_at.is_(None)).group_by(Registration.number))
    return {named[number]: newest for number, newest in found}


def was_taken_back(registration: Registration, decisions: Collection[int]) -> bool:
    """Whether one of these decisions about the registration is taken back already."""
    query = select(Decision.id).where(
        Decision.registration_id == registration.id, Decision.id.in_(decisions), Decision.undone_at.is_not(None)
    )
    return db.session.scalar(query.limit(1)) is not None


def open_amendment(registration: Registration) -> Amendment | None:
    """The change that waits for an organizer; None while there is no place, for then there is nothing to keep."""
    if not registration.holds_a_place:
        return None
    query = select(Amendment).where(Amendment.registration_id == registration.id, Amendment.decided_at.is_(None))
    return db.session.scalar(query.order_by(Amendment.id.desc()).limit(1))


def newest_upload(registration: Registration, kind: str) -> Upload | None:
    """The photo or the letter in force."""
    query = select(Upload).where(
        Upload.registration_id == registration.id, Upload.kind == kind, Upload.replaced_at.is_(None)
    )
    return db.session.scalar(query.order_by(Upload.id.desc()).limit(1))


def has_letter() -> ColumnElement[bool]:
    """The condition that a registration has its letter, and that it is still kept."""
    in_force = (Upload.kind == LETTER, Upload.replaced_at.is_(None), Upload.sha256 != "")
    return select(Upload.id).where(Upload.registration_id == Registration.id, *in_force).exists()


def delegation_named(meeting: int, name: str) -> Represented | None:
    """The delegation of this name, however it is capitalized, at the meeting of this number; None for a new one."""
    found = plain(NAMED, {"meeting": meeting, "name": folded(name)}).first()
    return Represented(*found) if found else None


def known_organizations(meeting: Meeting | Any, ask: Ask = plain) -> list[str]:
    """Organizations, not States, that somebody with a place comes for: what the form may suggest to strangers."""
    return sorted(ask(ORGANIZATIONS, {"meeting": meeting.id}).scalars())


def was_posted(dedupe: str) -> bool:
    """Whether the one letter of this name is in the outbox already."""
    return db.session.scalar(select(Letter.id).where(Letter.dedupe == dedupe)) is not None


def letters_about(registration: Registration) -> list[Letter]:
    """What we wrote to this person about this registration, the newest first."""
    query = select(Letter).where(Letter.about == f"registration:{registration.id}")
    return list(db.session.scalars(query.order_by(Letter.posted_at.desc(), Letter.id.desc())))
