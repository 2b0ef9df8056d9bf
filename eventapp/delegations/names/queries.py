from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from eventapp.delegations.queries import IS_COMING
from eventapp.delegations.register.queries import is_new
from eventapp.ground.db import db
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.meetings.models import Meeting
from eventapp.organizations.models import Organization
from eventapp.registration.models import Delegation, DelegationFocalPoint, Registration

PAGE = 50


class Use(NamedTuple):
    """A name that waits, and of how many people who come or ask to."""

    delegation: Delegation
    people: int


def waits(meeting: Meeting) -> list[ColumnElement[bool]]:
    """The conditions that a delegation of this meeting waits for its organizers: somebody comes for it, or is asked to
    name who comes, and its name is none of the register.
    """
    # All who come, once: no index leads from one delegation to its people.
    coming = Delegation.id.in_(
        select(Registration.delegation_id).where(Registration.meeting_id == meeting.id, IS_COMING)
    )
    focal = select(DelegationFocalPoint.id).where(DelegationFocalPoint.delegation_id == Delegation.id).exists()
    return [Delegation.meeting_id == meeting.id, is_new(), or_(coming, focal)]


def number_waiting(meeting: Meeting) -> int:
    """How many names of this meeting wait."""
    return db.session.scalar(select(func.count(Delegation.id)).where(*waits(meeting))) or 0


def waiting(meeting: Meeting, page: str | None) -> Page[Use]:
    """The page of names of this meeting that wait, by name."""
    found = page_in_sql(select(Delegation).where(*waits(meeting)).order_by(Delegation.folded_name), page, most=PAGE)
    query = select(Registration.delegation_id, func.count()).where(
        Registration.delegation_id.in_([one.id for one in found.rows]), IS_COMING
    )
    counted = {number: count for number, count in db.session.execute(query.group_by(Registration.delegation_id))}  # noqa: C416 -- a row is no pair to the types
    rows = [Use(one, counted.get(one.id, 0)) for one in found.rows]
    return Page(rows, found.number, found.pages, found.count)


def settled(delegation: Delegation) -> Organization | None:
    """The organization of the register that this delegation is; where that was merged, the one that took it in."""
    if delegation.organization_id is None:
        return None
    own = db.session.get_one(Organization, delegation.organization_id)
    return own.merged_into or own


def same_organization(delegation: Delegation) -> list[Delegation]:
    """The other delegations of the meeting that are the same organization, by name."""
    found = settled(delegation)
    if found is None:
        return []
    theirs = select(Organization.id).where(or_(Organization.id == found.id, Organization.merged_into_id == found.id))
    query = select(Delegation).where(
        Delegation.meeting_id == delegation.meeting_id,
        Delegation.id != delegation.id,
        Delegation.merged_into_id.is_(None),
        Delegation.organization_id.in_(theirs),
    )
    return list(db.session.scalars(query.order_by(Delegation.folded_name)))
