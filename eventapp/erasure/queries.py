from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, or_, select, union
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.clearance.models import Reader
from eventapp.documents.models import SessionDocument
from eventapp.erasure.models import Erasure
from eventapp.ground.db import db
from eventapp.inputs.models import Input
from eventapp.meetings.models import Document, Meeting, Staff
from eventapp.meetings.organizers.models import BodyOrganizer
from eventapp.people.models import Person
from eventapp.people.queries import grant_of
from eventapp.practices.models import Card
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.models import Delegation, DelegationFocalPoint, Registration
from eventapp.review.reports.models import Report


def meetings_of(person: Person) -> set[int]:
    """The numbers of the meetings that know this person: registered, with a part, an input or a card, a focal point,
    invited or asked to read.
    """
    parts = select(Session.meeting_id).join(SpeakingRole, SpeakingRole.session_id == Session.id)
    rows = union(
        select(Registration.meeting_id).where(Registration.person_id == person.id),
        parts.where(SpeakingRole.person_id == person.id),
        select(Input.meeting_id).where(Input.person_id == person.id),
        select(Card.meeting_id).where(Card.person_id == person.id),
        select(Delegation.meeting_id).join(DelegationFocalPoint).where(*nominates(person)),
        select(Invitation.meeting_id).where(Invitation.email == person.email),
        select(Report.meeting_id).join(Reader, Reader.report_id == Report.id).where(Reader.email == person.email),
    )
    return {row[0] for row in db.session.execute(rows)}


def registrations_of(person: Person) -> list[Registration]:
    """Every registration of this person, at whatever meeting."""
    query = select(Registration).where(Registration.person_id == person.id)
    return list(db.session.scalars(query.options(joinedload(Registration.meeting)).order_by(Registration.id)))


def things_of(person: Person, registrations: Sequence[Registration]) -> dict[str, list[int]]:
    """What is this person's, as history names it: table -> numbers. Documents are what they handed in by a link."""
    parts = select(SpeakingRole.id).where(SpeakingRole.person_id == person.id)
    handed_in = select(SessionDocument.document_id).where(SessionDocument.role_id.in_(parts))
    return {
        Person.__tablename__: [person.id],
        Registration.__tablename__: [one.id for one in registrations],
        SpeakingRole.__tablename__: list(db.session.scalars(parts)),
        Input.__tablename__: list(db.session.scalars(select(Input.id).where(Input.person_id == person.id))),
        Card.__tablename__: list(db.session.scalars(select(Card.id).where(Card.person_id == person.id))),
        Document.__tablename__: list(db.session.scalars(handed_in)),
    }


def parts_of(person: Person, others: Sequence[int]) -> ColumnElement[bool]:
    """That a part is this person's, or is one of these others by its number."""
    return or_(SpeakingRole.person_id == person.id, SpeakingRole.id.in_(others))


def speaks_after(parts: ColumnElement[bool], at: datetime) -> bool:
    """Whether one of these parts is held, in a session that is to come."""
    query = (
        select(SpeakingRole)
        .join(SpeakingRole.session)
        .options(contains_eager(SpeakingRole.session).joinedload(Session.meeting))
    )
    held = db.session.scalars(query.where(parts, SpeakingRole.ended_at.is_(None)))
    return any(one.holds and is_to_be_held(one.session, at) for one in held)


def is_to_be_held(session: Session, at: datetime) -> bool:
    """Whether this session was neither held by then nor cancelled; one without a time may be until the meeting ends."""
    return not session.is_off and not session.is_past(at) and not session.meeting.has_ended(at)


def holds_office(person: Person) -> bool:
    """Whether this person administers, organizes, records, keeps a door or nominates for a delegation, anywhere."""
    staff = exists().where(Staff.person_id == person.id, Staff.ended_at.is_(None))
    bodies = exists().where(BodyOrganizer.person_id == person.id, BodyOrganizer.ended_at.is_(None))
    focal = exists().where(*nominates(person))
    return grant_of(person) is not None or bool(db.session.scalar(select(staff | bodies | focal)))


def nominates(person: Person) -> tuple[ColumnElement[bool], ...]:
    """That a focal point of a delegation is this person, and is one still."""
    return DelegationFocalPoint.person_id == person.id, DelegationFocalPoint.ended_at.is_(None)


def erasure_in_force(person: Person) -> Erasure | None:
    """What was asked about this person and nobody decided, or was confirmed."""
    query = select(Erasure).where(Erasure.person_id == person.id)
    stands = Erasure.decided_at.is_(None) | Erasure.is_confirmed
    return db.session.scalar(query.where(stands).order_by(Erasure.id.desc()).limit(1))


def erasures_at(meeting: Meeting) -> Select[Erasure]:
    """What was asked at this meeting, the newest first."""
    return erasures().where(Erasure.meeting_id == meeting.id)


def erasures() -> Select[Erasure]:
    """What was asked at any meeting or at none, the newest first."""
    ways = (Erasure.person, Erasure.asked_by, Erasure.decided_by, Erasure.meeting)
    return select(Erasure).options(*map(joinedload, ways)).order_by(Erasure.id.desc())


def erasure_of(meeting: Meeting, number: int) -> Erasure | None:
    """This one, where it was asked at this meeting."""
    return db.session.scalar(select(Erasure).where(Erasure.id == number, Erasure.meeting_id == meeting.id))


def next_to_erase() -> Erasure | None:
    """The oldest that was confirmed and is not done."""
    query = select(Erasure).where(Erasure.is_confirmed, Erasure.done_at.is_(None))
    return db.session.scalar(query.order_by(Erasure.id).limit(1))


def numbers_of(erasures: list[Erasure]) -> dict[int, str]:
    """How the registration of each is called at its meeting: number of the erasure -> R-0012. One query."""
    people = {one.person_id for one in erasures}
    rows = db.session.scalars(select(Registration).where(Registration.person_id.in_(people)))
    known: dict[tuple[int, int | None], str] = {(row.person_id, row.meeting_id): row.reference for row in rows}
    return {one.id: known.get((one.person_id, one.meeting_id), "") for one in erasures}
