"""Whom we write to about a commitment: who was named for it, who made it, or the first of who will do it or spoke."""

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from eventapp.commitments.models import FocalPoint
from eventapp.commitments.register import Commitment
from eventapp.ground.db import db
from eventapp.ground.text.policy import folded
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.notes.models import Note
from eventapp.registration.models import APPROVED, Delegation, Registration
from eventapp.vocabulary.called import called
from eventapp.vocabulary.countries import country

CHIEF = ("HOD", "DHOD", "REP")  # whom we write to in a delegation, the first that is there
# What people write around the name that a delegation registered by: "the ESCAP secretariat", "Government of Bhutan".
OF_IT = re.compile(r"(?:the )?(?:(?:royal )?government|delegation|secretariat) of (?:the )?(.+)", re.IGNORECASE)
ITS = re.compile(r"(?:the )?(.+?)(?:[’']s)?(?: (?:secretariat|delegation|government))?", re.IGNORECASE)


def named_for(note: Note) -> Person | None:
    """Whom an organizer named for this commitment last; None where nobody was."""
    query = select(FocalPoint).where(FocalPoint.note_id == note.id).order_by(FocalPoint.id.desc()).limit(1)
    newest = db.session.scalar(query.options(joinedload(FocalPoint.person)))
    return newest.person if newest else None


def owner_of(one: Commitment) -> Person | None:
    """Whom we write to about it: who was named for it; who made it, where an address is known; else the first of who
    will do it or spoke.
    """
    named = named_for(one.note)
    if named is not None:
        return named
    now = one.note.current
    if now.role is not None and now.role.person is not None:
        return now.role.person
    found = (focal_point(one.meeting, said) for said in (now.who, now.organization) if said)
    return next((person for person in found if person is not None), None)


def focal_point(meeting: Meeting, said: str) -> Person | None:
    """The first person of the delegation or organization that somebody called so; one of that very name first."""
    names = list(without_its_office(said))
    exact = {folded(name) for name in names}
    senders = {sender.id: sender for sender in delegations_of(meeting) if names_of(sender) & folded_names(names)}
    query = (
        select(Registration)
        .where(Registration.meeting_id == meeting.id, Registration.state == APPROVED)
        .where(or_(Registration.delegation_id.in_(senders), Registration.organization.in_(names)))
        .order_by(Registration.number)
        .options(joinedload(Registration.person), joinedload(Registration.delegation))
    )
    found = sorted(db.session.scalars(query), key=lambda one: (one.delegation.folded_name not in exact, rank(one)))
    return found[0].person if found else None


def delegations_of(meeting: Meeting) -> Iterable[Delegation]:
    return db.session.scalars(select(Delegation).where(Delegation.meeting_id == meeting.id))


def names_of(sender: Delegation) -> set[str]:
    """Every way to write who sends this delegation; a State has more of them than its table tag."""
    state = country(sender.country) if sender.is_state else None
    return folded_names([sender.name, *(state.names if state else ())])


def folded_names(names: Iterable[str]) -> set[str]:
    return {folded(way) for name in names for way in called(name)}


def without_its_office(name: str) -> Iterator[str]:
    """Yield the name as it was written, and without what people write around it."""
    yield name
    for around in (OF_IT, ITS):
        bare = around.fullmatch(name.strip())
        if bare and bare[1] != name:
            yield bare[1]


def rank(registration: Registration) -> int:
    role = registration.delegation_role
    return CHIEF.index(role) if role in CHIEF else len(CHIEF)
