from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.ground.db import db
from eventapp.links.models import Purpose
from eventapp.meetings.models import Category, Meeting
from eventapp.meetings.queries import categories_of
from eventapp.people.models import Person
from eventapp.registration.models import (
    DECLINED,
    LAPSED,
    WITHDRAWN,
    Delegation,
    DelegationFocalPoint,
    Registration,
)
from eventapp.vocabulary.countries import ASSOCIATE, MEMBER, OTHER, country

LINK = Purpose(
    "focal point",
    DelegationFocalPoint,
    (
        joinedload(DelegationFocalPoint.delegation, innerjoin=True).joinedload(Delegation.meeting, innerjoin=True),
        joinedload(DelegationFocalPoint.person, innerjoin=True),
    ),
)
MOST_ABSENT = 50


def focal_points_of(delegation: Delegation) -> list[DelegationFocalPoint]:
    """Who nominates for this delegation or once did, the newest first."""
    query = select(DelegationFocalPoint).where(DelegationFocalPoint.delegation_id == delegation.id)
    query = query.options(joinedload(DelegationFocalPoint.person))
    return list(db.session.scalars(query.order_by(DelegationFocalPoint.id.desc())))


def focal_point_of(delegation: Delegation, number: int) -> DelegationFocalPoint | None:
    """The focal point with this number, where it is this delegation's."""
    query = select(DelegationFocalPoint).where(DelegationFocalPoint.id == number)
    return db.session.scalar(query.where(DelegationFocalPoint.delegation_id == delegation.id))


def member_of(delegation: Delegation, reference: str) -> Registration | None:
    """R-0165, where it is of this delegation."""
    figures = reference.removeprefix("R-")
    if not (figures.isascii() and figures.isdigit() and len(figures) < 10):  # noqa: PLR2004 -- what a column holds
        return None
    query = select(Registration).where(
        Registration.meeting_id == delegation.meeting_id,
        Registration.number == int(figures),
        Registration.delegation_id == delegation.id,
    )
    around = (joinedload(Registration.person), joinedload(Registration.category), joinedload(Registration.delegation))
    return db.session.scalar(query.options(*around))


def registered_at(meeting: Meeting, emails: Collection[str]) -> dict[str, Registration]:
    """Who is registered at this meeting with one of these addresses, whatever became of it, by the address."""
    query = select(Registration).join(Registration.person).where(Registration.meeting_id == meeting.id)
    query = query.where(Person.email.in_(emails)).options(contains_eager(Registration.person))
    return {one.person.email: one for one in db.session.scalars(query)}


def absent_of(delegation: Delegation) -> list[Registration]:
    """Who was of this delegation and does not come, the newest first; 50 at most."""
    query = select(Registration).where(
        Registration.delegation_id == delegation.id, Registration.state.in_((WITHDRAWN, DECLINED, LAPSED))
    )
    return list(db.session.scalars(query.order_by(Registration.state_at.desc(), Registration.id).limit(MOST_ABSENT)))


def categories_for(delegation: Delegation) -> list[Category]:
    """The types of participant that people of this delegation can be nominated as."""
    offered = [one for one in categories_of(delegation.meeting) if one.takes_registrations]
    if not delegation.is_state:
        return [one for one in offered if one.represents == "organization"]
    found = country(delegation.country)
    of_its_own = {MEMBER: "member", ASSOCIATE: "associate"}.get(found.status if found else OTHER, "state")
    kinds = {one.represents for one in categories_of(delegation.meeting)}
    fitting = of_its_own if of_its_own in kinds else "state"
    return [one for one in offered if one.represents == fitting]
