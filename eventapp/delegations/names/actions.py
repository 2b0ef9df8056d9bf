"""What organizers make of a name in their meeting. The meeting's row is the lock, as for all of its delegations."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select, update

from eventapp.delegations.actions import hold
from eventapp.delegations.register.queries import is_new
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import folded
from eventapp.history.actions import record
from eventapp.organizations.actions import Facts, drop, propose
from eventapp.organizations.models import DROPPED, Organization
from eventapp.organizations.queries import key_of
from eventapp.people.models import Person
from eventapp.registration.models import Delegation


def take_for(delegation: Delegation, organization: Organization, *, by: Person, at: datetime) -> None:
    """Let this delegation be that organization, in this meeting; its people keep their words.

    Refused where the name does not wait any more.
    """
    hold(delegation)
    need_waiting(delegation)
    lock(organization)
    if organization.state == DROPPED:
        raise Refused(_("No organization of the register has this name."))
    delegation.organization_id = organization.id
    verb, name = "linked a name to an organization", organization.name
    record(verb, delegation, by=by, at=at, name=delegation.name, organization=name)


def propose_for(delegation: Delegation, facts: Facts, *, by: Person, at: datetime) -> Organization:
    """Propose an organization that this delegation is; the name that was typed is one of its names. It counts in this
    meeting from now on, for every name of it that waits there. Refused as propose() and take_for() are.
    """
    hold(delegation)
    need_waiting(delegation)
    typed = () if key_of(delegation.name) == key_of(facts.name) else (delegation.name,)
    made = propose(replace(facts, other_names=typed), delegation.meeting_id, by=by, at=at)
    names = {folded(name) for name in made.all_names}
    others = update(Delegation).where(
        is_new(), Delegation.meeting_id == delegation.meeting_id, Delegation.folded_name.in_(names)
    )
    db.session.execute(others.values(organization_id=made.id))
    delegation.organization_id = made.id
    db.session.flush()
    return made


def leave_for(delegation: Delegation, *, by: Person, at: datetime) -> None:
    """Leave the name as it was typed: it waits no more. Refused as take_for() is."""
    hold(delegation)
    need_waiting(delegation)
    delegation.stays_as_typed = True
    record("left a name as it was typed", delegation, by=by, at=at, name=delegation.name)


def wait_again(delegation: Delegation, *, by: Person, at: datetime) -> None:
    """Take back what was made of this name: it waits again. What was proposed for it alone is dropped.

    Done twice, it is done once.
    """
    hold(delegation)
    if delegation.is_state or not (delegation.organization_id or delegation.stays_as_typed):
        return
    organization = db.session.get(Organization, delegation.organization_id) if delegation.organization_id else None
    if organization:
        lock(organization)  # first, as an administrator does who drops it
    delegation.organization_id, delegation.stays_as_typed = None, False
    db.session.flush()
    record("looks at a name again", delegation, by=by, at=at, name=delegation.name)
    if organization and organization.is_proposed and not linked_to(organization):
        drop(organization, by=by, at=at)


def linked_to(organization: Organization) -> int:
    """How many delegations are this organization."""
    query = select(func.count(Delegation.id)).where(Delegation.organization_id == organization.id)
    return db.session.scalar(query) or 0


def need_waiting(delegation: Delegation) -> None:
    if delegation.is_state or delegation.organization_id or delegation.stays_as_typed:
        raise Refused(_("This name does not wait any more: somebody has put it in order."))
