from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from eventapp.ground.db import db
from eventapp.ground.web.paging import numbered
from eventapp.meetings.models import Meeting
from eventapp.organizations.models import Organization
from eventapp.organizations.queries import PAGE
from eventapp.registration.models import Delegation, Registration


class NewName(NamedTuple):
    """A name that people typed and that is none of the register."""

    name: str
    folded: str
    meetings: int
    people: int


class Uses(NamedTuple):
    """What hangs on an organization."""

    delegations: int
    meetings: int
    people: int


def is_new() -> ColumnElement[bool]:
    """The condition that the name of a delegation waits for an administrator."""
    return (
        Delegation.is_state.is_(False)
        & Delegation.organization_id.is_(None)
        & Delegation.stays_as_typed.is_(False)
        & Delegation.merged_into_id.is_(None)
    )


def names_typed(*where: ColumnElement[bool]) -> Select[str, str, int, int]:
    """Names of delegations with these conditions, each once, with in how many meetings and of how many people."""
    return (
        select(
            func.min(Delegation.name),
            Delegation.folded_name,
            func.count(Delegation.meeting_id.distinct()),
            func.count(Registration.id),
        )
        .outerjoin(Registration, Registration.delegation_id == Delegation.id)
        .where(*where)
        .group_by(Delegation.folded_name)
    )


def new_names(page: str | None) -> tuple[list[NewName], int, int]:
    """The page of new names, those of most people first; its number, and how many pages there are."""
    number, pages = numbered(number_of_new_names(), page, PAGE)
    query = names_typed(is_new()).order_by(func.count(Registration.id).desc(), Delegation.folded_name)
    found = db.session.execute(query.limit(PAGE).offset((number - 1) * PAGE))
    return [NewName(*row) for row in found], number, pages


def number_of_new_names() -> int:
    """How many names wait for an administrator."""
    query = select(func.count(Delegation.folded_name.distinct())).where(is_new())
    return db.session.scalar(query) or 0


def new_name(folded_name: str) -> NewName | None:
    """The new name that is written so; None where it does not wait any more."""
    row = db.session.execute(names_typed(is_new(), Delegation.folded_name == folded_name)).first()
    return NewName(*row) if row else None


def proposed_in(organization: Organization) -> Meeting | None:
    """The meeting whose organizers proposed it, while it waits for an administrator."""
    return db.session.get(Meeting, organization.proposed_in_id) if organization.is_proposed else None


def uses_of(organization: Organization) -> Uses:
    """What hangs on this organization, and on those that lead to it."""
    mine = select(Organization.id).where(
        (Organization.id == organization.id) | (Organization.merged_into_id == organization.id)
    )
    query = (
        select(
            func.count(Delegation.id.distinct()),
            func.count(Delegation.meeting_id.distinct()),
            func.count(Registration.id),
        )
        .outerjoin(Registration, Registration.delegation_id == Delegation.id)
        .where(Delegation.organization_id.in_(mine))
    )
    return Uses(*db.session.execute(query).one())
