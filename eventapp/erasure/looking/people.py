"""Finding somebody who may have no registration, and what there is of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, CompoundSelect, ScalarSelect, SQLColumnExpression, and_, func, select, union

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.clearance.models import Reader
from eventapp.erasure.looking.holdings import Holding, at_meeting, holdings_of, of_all_meetings, titles_of
from eventapp.erasure.looking.known import Known, known_at, known_of
from eventapp.erasure.models import Erasure
from eventapp.erasure.queries import erasure_in_force
from eventapp.ground.db import db
from eventapp.inputs.models import Input
from eventapp.mail.mailbox import NOWHERE
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.people.queries import person_at
from eventapp.practices.models import Card
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.models import Delegation, DelegationFocalPoint, Registration
from eventapp.review.reports.models import Report

MOST = 50  # people of one name


@dataclass(frozen=True)
class Found:
    """What there is of somebody, at one meeting or at all; and who else is called so, each with an address."""

    known: Known
    holdings: Sequence[Holding]
    titles: Sequence[str]  # of all meetings that have something, for who may know them
    people: Sequence[tuple[str, str]]
    in_force: Erasure | None


def found_by(email: str, name: str, meeting: Meeting | None) -> Found:
    """Somebody at this address, or called so where it is "". Of one meeting only what that meeting has."""
    person = person_at(email) if email else None
    in_force = erasure_in_force(person) if person else None
    return found_for(known_at(email, name), meeting, () if email else people_called(name, meeting), in_force)


def found_about(erasure: Erasure, meeting: Meeting | None) -> Found:
    """Who is to be erased, for whoever decides: of one meeting only what that meeting has."""
    return found_for(known_of(erasure.person, also=erasure.names), meeting, (), erasure)


def found_for(
    known: Known, meeting: Meeting | None, people: Sequence[tuple[str, str]], in_force: Erasure | None
) -> Found:
    holdings = holdings_of(known)
    shown = at_meeting(holdings, meeting) if meeting else of_all_meetings(holdings)
    return Found(known, shown, () if meeting else titles_of(holdings), people, in_force)


def people_called(name: str, meeting: Meeting | None) -> list[tuple[str, str]]:
    """Who has these words in their name and an address, as name and address, in the order of the names."""
    guest = func.trim(Invitation.given_name + " " + Invitation.family_name)
    registered = select(Registration.record_name, Person.email).join(Registration.person)
    readers = select(Reader.name, Reader.email).join(Reader.report).where(has_words(Reader.name, name))
    guests = select(guest, Invitation.email).where(has_words(guest, name), Invitation.email != "")
    people = select(Person.name, Person.email).where(has_words(Person.name, name))
    registered = registered.where(has_words(Registration.record_name, name))
    if meeting:
        readers, guests = readers.where(Report.meeting_id == meeting.id), guests.where(at(Invitation, meeting))
        people, registered = (
            people.where(Person.id.in_(numbers_at(meeting))),
            registered.where(at(Registration, meeting)),
        )
    rows = union(people, registered, guests, readers).subquery()
    called, address = rows.c
    query = select(called, address).where(address.not_like(f"%@{NOWHERE}")).order_by(called, address).limit(MOST)
    return [(one, there) for one, there in db.session.execute(query)]


def has_words(column: SQLColumnExpression[str], name: str) -> ColumnElement[bool]:
    return and_(*(column.icontains(word, autoescape=True) for word in name.split()))


def at(model: type[Invitation | Registration], meeting: Meeting) -> ColumnElement[bool]:
    return model.meeting_id == meeting.id


def numbers_at(meeting: Meeting) -> ScalarSelect[int]:
    """The numbers of the people who have a part, an input, a card or an office of a delegation at this meeting."""
    parts = select(SpeakingRole.person_id).join(SpeakingRole.session).where(Session.meeting_id == meeting.id)
    focal = select(DelegationFocalPoint.person_id).join(DelegationFocalPoint.delegation)
    rows: CompoundSelect[int] = union(
        parts,
        focal.where(Delegation.meeting_id == meeting.id),
        select(Input.person_id).where(Input.meeting_id == meeting.id),
        select(Card.person_id).where(Card.meeting_id == meeting.id),
    )
    return select(rows.subquery().c[0]).scalar_subquery()
