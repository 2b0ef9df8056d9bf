from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, defer, joinedload

from eventapp.ground.db import db
from eventapp.ground.text.policy import figure, folded
from eventapp.mail.models import Letter
from eventapp.meetings.models import Category, Meeting
from eventapp.organizations.kinds import IN_PROTOCOL
from eventapp.organizations.queries import kind_of
from eventapp.registration.application import Application
from eventapp.registration.models import (
    APPROVED,
    LETTER,
    TIME_TO_CONFIRM,
    UNCONFIRMED,
    WAITING,
    Amendment,
    Delegation,
    DelegationLetter,
    Registration,
    Upload,
)
from eventapp.registration.offers.models import Offer
from eventapp.registration.offers.queries import IN_LINE

GROUPS = {kind: place for place, kind in enumerate(IN_PROTOCOL, 1)}


def registration_of(person: int, meeting: int) -> Registration | None:
    """The registration of the person with this number for the meeting with that one, whatever became of it."""
    query = select(Registration).where(Registration.person_id == person, Registration.meeting_id == meeting)
    return db.session.scalar(query)


def registration_by_key(client_key: str) -> Registration | None:
    """The registration that this form was sent for before."""
    return db.session.scalar(select(Registration).where(Registration.client_key == client_key))


class Grounds(NamedTuple):
    """What a form is decided by; None where there is no such row."""

    category: Category | None
    delegation: Delegation | None
    registered: int | None  # the registration that this form made before
    told: int | None  # the letter that answered it before, to an address that is registered
    newest: int | None  # the highest number of a registration


GROUNDS = (  # built once: building it costs more than running it
    select(
        Category,
        Delegation,
        select(Registration.id).where(Registration.client_key == bindparam("key")).scalar_subquery(),
        select(Letter.id).where(Letter.dedupe == bindparam("letter")).scalar_subquery(),
        select(func.max(Registration.number)).where(Registration.meeting_id == bindparam("meeting")).scalar_subquery(),
    )
    .select_from(Meeting)
    .outerjoin(Category, and_(Category.meeting_id == Meeting.id, Category.code == bindparam("category")))
    .outerjoin(Delegation, and_(Delegation.meeting_id == Meeting.id, Delegation.folded_name == bindparam("name")))
    .where(Meeting.id == bindparam("meeting"))
)


def grounds(meeting: Meeting, application: Application, *, key: str) -> Grounds:
    """By what to decide this form, in one query; only right while the meeting is locked."""
    asked = {
        "meeting": meeting.id,
        "category": application.category,
        "name": folded(application.delegation),
        "key": key,
        "letter": already_registered(key),
    }
    return Grounds(*db.session.execute(GROUNDS, asked).one())


def already_registered(client_key: str) -> str:
    """The name of the one letter that answers a form whose address is registered already."""
    return f"already registered {client_key}"


def registration_by_number(meeting: Meeting, reference: str) -> Registration | None:
    """R-0165 of this meeting."""
    number = figure(reference.removeprefix("R-"))
    query = select(Registration).where(Registration.meeting_id == meeting.id, Registration.number == number)
    return db.session.scalar(query)


def registrations(ids: Collection[int]) -> list[Registration]:
    """The registrations with these row numbers, in order of number, with what a line about each shows."""
    query = select(Registration).where(Registration.id.in_(ids)).options(joinedload(Registration.delegation))
    return list(db.session.scalars(query.order_by(Registration.number)))


def approved(meeting: Meeting) -> list[Registration]:
    """Everybody who has a place, by number."""
    query = select(Registration).where(Registration.meeting_id == meeting.id, Registration.state == APPROVED)
    return list(db.session.scalars(query.order_by(Registration.number)))


PLACED = select(func.count()).where(Registration.meeting_id == bindparam("meeting"), Registration.state == APPROVED)
OFFERED = (
    select(func.count())
    .select_from(Offer)
    .join(Offer.registration)
    .where(Registration.meeting_id == bindparam("meeting"), Offer.ended_at.is_(None))
)
OF_CATEGORY = Registration.category_id == bindparam("category")
TAKEN = select(PLACED.scalar_subquery() + OFFERED.scalar_subquery())
TAKEN_IN_CATEGORY = select(PLACED.where(OF_CATEGORY).scalar_subquery() + OFFERED.where(OF_CATEGORY).scalar_subquery())


def places_taken(meeting: Meeting, category: Category | None = None) -> int:
    """How many hold a place or have the offer of one, at the meeting or in one of its categories."""
    asked = {"meeting": meeting.id} | ({"category": category.id} if category else {})
    return db.session.scalar(TAKEN_IN_CATEGORY if category else TAKEN, asked) or 0


def places_left(meeting: Meeting, category: Category | None = None, *, taken: int | None = None) -> int:
    """How many places are free, at the meeting or, where a category has its own number, in the scarcer of the two.

    `taken` is how many of the meeting are not, where that was counted already.
    """
    left = meeting.capacity - (places_taken(meeting) if taken is None else taken)
    if category and category.capacity is not None:
        left = min(left, category.capacity - places_taken(meeting, category))
    return left


def waiting(meeting: Meeting) -> list[Registration]:
    """The waiting list, the first in line first."""
    query = select(Registration).where(Registration.meeting_id == meeting.id, Registration.state == WAITING)
    return list(db.session.scalars(query.order_by(*IN_LINE)))


def waiting_position(registration: Registration) -> int:
    """Place on the waiting list, 1 for the next; 0 for somebody who does not wait."""
    if registration.state != WAITING or registration.waiting_since is None:
        return 0
    mine = db.session.execute(select(*IN_LINE).where(Registration.id == registration.id)).one()
    earlier = tuple_(*IN_LINE) < tuple_(*map(literal, mine, (column.type for column in IN_LINE)))
    query = select(func.count()).where(
        Registration.meeting_id == registration.meeting_id, Registration.state == WAITING, earlier
    )
    return (db.session.scalar(query) or 0) + 1


def next_number(meeting: Meeting) -> int:
    """The number after the newest; only right while the meeting is locked."""
    highest = select(func.max(Registration.number)).where(Registration.meeting_id == meeting.id)
    return (db.session.scalar(highest) or 0) + 1


def unconfirmed_since_long(at: datetime) -> list[Registration]:
    """Requests that nobody confirmed in time, of every meeting."""
    query = select(Registration).where(Registration.state == UNCONFIRMED, Registration.asked_at <= at - TIME_TO_CONFIRM)
    query = query.where(Registration.vouched_at.is_(None))
    return list(db.session.scalars(query.order_by(Registration.meeting_id, Registration.id)))


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


def uploads_of(registration: Registration) -> dict[str, Upload]:
    """The photo and the letter in force, by kind, without what is in them."""
    query = select(Upload).where(Upload.registration_id == registration.id, Upload.replaced_at.is_(None))
    return {one.kind: one for one in db.session.scalars(query.order_by(Upload.id).options(defer(Upload.content)))}


def has_letter() -> ColumnElement[bool]:
    """The condition that a registration has its letter or its delegation has one, and that it is still kept."""
    in_force = (Upload.kind == LETTER, Upload.replaced_at.is_(None), Upload.sha256 != "")
    own = select(Upload.id).where(Upload.registration_id == Registration.id, *in_force).exists()
    return own | covered(Registration.delegation_id)


def covered(delegation: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition that there is a letter for the whole delegation with this number, and that it is still kept."""
    in_force = (DelegationLetter.replaced_at.is_(None), DelegationLetter.sha256 != "")
    return select(DelegationLetter.id).where(DelegationLetter.delegation_id == delegation, *in_force).exists()


def delegation_letter(delegation: Delegation) -> DelegationLetter | None:
    """The letter in force for the whole delegation, without what is in it."""
    query = select(DelegationLetter).where(DelegationLetter.delegation_id == delegation.id)
    query = query.where(DelegationLetter.replaced_at.is_(None)).options(defer(DelegationLetter.content))
    return db.session.scalar(query.order_by(DelegationLetter.id.desc()).limit(1))


def delegation_named(meeting: Meeting, name: str) -> Delegation | None:
    """The delegation of this name at this meeting, or the one that took it in; None for a new one.

    Capitals do not count.
    """
    return delegations_named(meeting, [name]).get(folded(name))


CALLED = select(Delegation).where(
    Delegation.meeting_id == bindparam("meeting"), Delegation.folded_name.in_(bindparam("names", expanding=True))
)


def delegations_named(meeting: Meeting, names: Iterable[str]) -> dict[str, Delegation]:
    """The same for many names in one query, by the folded name; those of new delegations are left out."""
    asked = {"meeting": meeting.id, "names": list({folded(name) for name in names})}
    return {one.folded_name: one.in_force for one in db.session.scalars(CALLED, asked)}


def protocol_groups(meeting: Meeting) -> dict[int, int]:
    """The place of each delegation among others of one category, by its number: a State, then organizations by what
    they are in the register, those that it does not know last.
    """
    query = select(Delegation.id, Delegation.is_state, kind_of(Delegation.organization_id))
    found = db.session.execute(query.where(Delegation.meeting_id == meeting.id))
    return {number: 0 if is_state else GROUPS.get(kind, len(GROUPS)) for number, is_state, kind in found}


def known_organizations(meeting: Meeting) -> list[str]:
    """Organizations, not States, that somebody with a place comes for: what the form may suggest to strangers."""
    query = select(Delegation.name).join(Registration, Registration.delegation_id == Delegation.id).distinct()
    placed = (Registration.meeting_id == meeting.id, Registration.state == APPROVED)
    return sorted(db.session.scalars(query.where(*placed, Delegation.is_state.is_(False))))


def was_posted(dedupe: str) -> bool:
    """Whether the one letter of this name is in the outbox already."""
    return db.session.scalar(select(Letter.id).where(Letter.dedupe == dedupe)) is not None


def letters_about(registration: Registration) -> list[Letter]:
    """What we wrote to this person about this registration, the newest first."""
    query = select(Letter).where(Letter.about == f"registration:{registration.id}")
    query = query.options(defer(Letter.text), defer(Letter.html))
    return list(db.session.scalars(query.order_by(Letter.posted_at.desc(), Letter.id.desc())))


def letter_about(registration: Registration, number: int) -> Letter | None:
    """This letter, where we wrote it to this person about this registration."""
    return db.session.scalar(
        select(Letter).where(Letter.id == number, Letter.about == f"registration:{registration.id}")
    )
