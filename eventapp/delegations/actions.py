"""What organizers decide about a delegation. The meeting's row is the lock, as for places of people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from eventapp.delegations.objections import objections
from eventapp.delegations.queries import delegation_of, other_names
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import folded
from eventapp.history.actions import record
from eventapp.people.addresses import address_of
from eventapp.people.models import Person
from eventapp.registration.application import index
from eventapp.registration.models import Delegation, DelegationFocalPoint, DelegationLetter, Registration, Upload
from eventapp.registration.queries import delegation_letter, delegation_named
from eventapp.registration.register import new_delegation


@dataclass(frozen=True)
class LetterFacts:
    """What is written on a letter for a whole delegation."""

    reference: str = ""
    dated: date | None = None


def set_places(
    delegation: Delegation,
    places: int | None,
    roles: Mapping[str, int] | None = None,
    *,
    by: Person | None,
    at: datetime,
) -> None:
    """Let this many people of the delegation have a place, and so many of them in each of these roles.

    None for as many as there are places; a role that is not named is as it is with the others.
    """
    hold(delegation)
    before = delegation.places, delegation.role_places
    wanted = dict(roles or {})
    if before == (places, wanted):
        return
    delegation.places, delegation.role_places = places, wanted
    roles_changed = [before[1], wanted] if before[1] != wanted else None
    facts = {"places": [before[0], places]} | ({"role_places": roles_changed} if roles_changed else {})
    record("set the places of a delegation", delegation, by=by, at=at, meeting_id=delegation.meeting_id, **facts)


def add_letter(delegation: Delegation, upload: Upload, facts: LetterFacts, *, by: Person, at: datetime) -> None:
    """Keep this file as the letter for the whole delegation; the one before it is kept as an older one.

    The same file again only puts right what is written on it.
    """
    hold(delegation)
    before = delegation_letter(delegation)
    if before and before.sha256 == upload.sha256:
        before.reference, before.dated = facts.reference, facts.dated
        record("added the letter of a delegation", delegation, by=by, at=at, reference=facts.reference)
        return
    if before:
        before.replaced_at = at
    letter = DelegationLetter(
        delegation=delegation,
        reference=facts.reference,
        dated=facts.dated,
        content_type=upload.content_type,
        content=upload.content,
        sha256=upload.sha256,
        given_name=upload.given_name,
        uploaded_at=at,
    )
    db.session.add(letter)
    db.session.flush()
    record("added the letter of a delegation", delegation, by=by, at=at, reference=facts.reference)


def accredit(delegation: Delegation, why: str, *, by: Person, at: datetime) -> None:
    """Say that the delegation may sit. Refused where something stands against it and no reason is given."""
    hold(delegation)
    if delegation.accredited_at is not None:
        return
    against = objections(delegation)
    if against and not why:
        raise Refused(_("Something stands against it. To accredit the delegation all the same, write why."))
    delegation.accredited_at, delegation.accredited_by_id = at, by.id
    delegation.accredited_why = why if against else ""
    record("accredited a delegation", delegation, by=by, at=at, against=against, reason=delegation.accredited_why)


def end_accreditation(delegation: Delegation, *, by: Person, at: datetime) -> None:
    """Take the accreditation back. The people keep their places."""
    hold(delegation)
    if delegation.accredited_at is None:
        return
    delegation.accredited_at = delegation.accredited_by_id = None
    delegation.accredited_why = ""
    record("took an accreditation back", delegation, by=by, at=at)


def rename(delegation: Delegation, name: str, *, by: Person, at: datetime) -> None:
    """Call an organization something else; whoever gives the old name still comes for it.

    Refused for a State, whose name is that of the United Nations, and for the name of another delegation.
    """
    hold(delegation)
    before = delegation.name
    if name == before:
        return
    if delegation.is_state:
        raise Refused(_("States are called as the United Nations call them."))
    taken = delegation_named(delegation.meeting, name)
    if taken is not None and taken.id != delegation.id:
        raise Refused(_("There is a delegation of this name. Merge the two.", name=name))
    for row in other_names(delegation):
        if row.folded_name == folded(name):
            db.session.delete(row)
    db.session.flush()
    delegation.name, delegation.folded_name = name, folded(name)
    db.session.flush()
    if folded(before) != folded(name):
        new_delegation(delegation.meeting, before, "").merged_into_id = delegation.id
    _index_anew(delegation)
    record("renamed a delegation", delegation, by=by, at=at, name=[before, name])


def merge(delegation: Delegation, number: int, *, by: Person, at: datetime) -> Delegation:
    """Put everybody of this delegation into the one with that number, which is returned; its name leads there from now.

    Focal points and letters come along, the newest letter stays in force. Refused for a State, which is no other name
    of anything.
    """
    hold(delegation)
    into = delegation_of(delegation.meeting, number)
    if into is None or into.id == delegation.id:
        raise Refused(_("Choose the delegation that stays."))
    if delegation.is_state:
        raise Refused(_("A State cannot be merged into another delegation. Correct the answers of its people instead."))
    if delegation.merged_into_id is not None:
        raise Refused(_("This delegation was merged already."))
    letters = delegation_letter(into), delegation_letter(delegation)
    _move_people(delegation, into)
    for model, column in (
        (DelegationLetter, DelegationLetter.delegation_id),
        (DelegationFocalPoint, DelegationFocalPoint.delegation_id),
        (Delegation, Delegation.merged_into_id),
    ):
        db.session.execute(update(model).where(column == delegation.id).values({column.key: into.id}))
    if all(letters):
        min((one for one in letters if one), key=lambda one: one.uploaded_at).replaced_at = at
    delegation.merged_into, delegation.places, delegation.role_places = into, None, {}
    delegation.accredited_at = delegation.accredited_by_id = None
    db.session.flush()
    _index_anew(into)
    record("merged a delegation", into, by=by, at=at, name=delegation.name)
    return into


def drop_name(delegation: Delegation, number: int, *, by: Person, at: datetime) -> None:
    """Let another name lead here no more: who gives it from now on comes for a delegation of that name."""
    hold(delegation)
    row = next((one for one in other_names(delegation) if one.id == number), None)
    if row is None:
        return
    row.merged_into_id = None
    db.session.flush()
    record("dropped a name of a delegation", delegation, by=by, at=at, name=row.name)


def hold(delegation: Delegation) -> None:
    """Hold the meeting, so that nobody else counts places or decides, and see the delegation as it is now."""
    lock(delegation.meeting)
    db.session.refresh(delegation)


def _move_people(delegation: Delegation, into: Delegation) -> None:
    people = update(Registration).where(Registration.delegation_id == delegation.id)
    db.session.execute(people.values(delegation_id=into.id, version=Registration.version + 1))


def _index_anew(delegation: Delegation) -> None:
    """Let a search find everybody of this delegation by its name."""
    query = select(Registration).where(Registration.delegation_id == delegation.id)
    query = query.options(joinedload(Registration.person))
    for one in db.session.scalars(query.execution_options(populate_existing=True)):
        index(one, delegation.name, address_of(one.person.email))
