"""What becomes of a name that people typed: it means an organization of the register, a new one, or stays as it is."""

from datetime import datetime

from sqlalchemy import update

from eventapp.delegations.register.queries import is_new, new_name
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import folded
from eventapp.history.actions import record
from eventapp.organizations.actions import Facts, add, add_name, change, confirm, drop, take_back, take_in_shipped
from eventapp.organizations.models import Organization
from eventapp.people.models import Person
from eventapp.registration.models import Delegation


def link(folded_name: str, organization: Organization, *, by: Person, at: datetime) -> int:
    """Let this name mean the organization, in every meeting and for whoever types it from now on.

    Registrations and delegations keep the words. Returns how many delegations are linked; refused where the name does
    not wait any more.
    """
    lock(organization)
    typed = need_new(folded_name)
    add_name(organization, typed)
    query = update(Delegation).where(is_new(), Delegation.folded_name == folded_name).returning(Delegation.id)
    count = len(db.session.scalars(query.values(organization_id=organization.id)).all())
    record("linked a name to an organization", organization, by=by, at=at, name=typed, delegations=count)
    return count


def link_known(organization: Organization) -> int:
    """Link the delegations whose name waits and is one of this organization's. Returns how many."""
    names = {folded(name) for name in organization.all_names}
    query = update(Delegation).where(is_new(), Delegation.folded_name.in_(names)).returning(Delegation.id)
    return len(db.session.scalars(query.values(organization_id=organization.id)).all())


def keep(facts: Facts, *, by: Person, at: datetime) -> Organization:
    """Add an organization, with the delegations that have its name already. Refused as add() is."""
    made = add(facts, by=by, at=at)
    link_known(made)
    return made


def correct(organization: Organization, facts: Facts, version: int, *, by: Person, at: datetime) -> None:
    """Say other things about it, and link the delegations of its names. Refused as change() is."""
    change(organization, facts, version, by=by, at=at)
    link_known(organization)


def link_shipped(*, by: Person, at: datetime) -> int:
    """Take in the organizations that ship, with the delegations of their names. Returns how many were added."""
    added = take_in_shipped(by=by, at=at)
    for organization in added:
        link_known(organization)
    return len(added)


def take_in(folded_name: str, kind: str, *, by: Person, at: datetime) -> Organization:
    """Take the name into the register as an organization of its own. Refused as link() is."""
    made = add(Facts(need_new(folded_name), kind), by=by, at=at)
    link(folded_name, made, by=by, at=at)
    return made


def leave(folded_name: str, *, by: Person, at: datetime) -> str:
    """Leave the name as it was typed: it waits no more. Returns it; refused as link() is."""
    typed = need_new(folded_name)
    query = update(Delegation).where(is_new(), Delegation.folded_name == folded_name)
    db.session.execute(query.values(stays_as_typed=True))
    record("left a name as it was typed", by, by=by, at=at, name=typed)
    return typed


def look_again(folded_name: str, *, by: Person, at: datetime) -> None:
    """Let a name that was left as typed wait again."""
    query = update(Delegation).where(Delegation.folded_name == folded_name, Delegation.stays_as_typed)
    if db.session.scalars(query.values(stays_as_typed=False).returning(Delegation.id)).all():
        record("looks at a name again", by, by=by, at=at, name=folded_name)


def refuse(organization: Organization, *, by: Person, at: datetime) -> None:
    """Drop an organization that organizers proposed; the names found for it wait again. Refused as drop() is."""
    drop(organization, by=by, at=at)
    query = update(Delegation).where(Delegation.organization_id == organization.id)
    db.session.execute(query.values(organization_id=None))


def reopen(number: int, *, by: Person, at: datetime) -> Organization:
    """Let the proposal with this number wait again, with the delegations of its meeting that have its names.

    Refused as take_back() is, and where there was none.
    """
    organization = db.session.get(Organization, number)
    if organization is None or organization.proposed_in_id is None:
        raise Refused(_("There is no such proposal."))
    take_back(organization, by=by, at=at)
    names = {folded(name) for name in organization.all_names}
    query = update(Delegation).where(
        is_new(), Delegation.meeting_id == organization.proposed_in_id, Delegation.folded_name.in_(names)
    )
    db.session.execute(query.values(organization_id=organization.id))
    return organization


def accept(organization: Organization, *, by: Person, at: datetime) -> None:
    """Confirm a proposed organization, with the delegations of every meeting that have one of its names."""
    confirm(organization, by=by, at=at)
    link_known(organization)


def need_new(folded_name: str) -> str:
    """The name as it was typed. Refused where it does not wait any more."""
    found = new_name(folded_name)
    if found is None:
        raise Refused(_("This name does not wait any more: somebody has put it in order."))
    return found.name
