from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import DECLINED as SAID_NO
from eventapp.agenda.models import WAITS, Session, SpeakingRole
from eventapp.ground.db import db
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.models import DECLINED, LAPSED, WITHDRAWN, Registration
from eventapp.vocabulary.sessions import SPEAKING_ROLES

PAGE = 50
WRITING = ("rapporteur", "interpreter", "coordinator")  # who works in a session, and speaks for nobody
SPEAKING = [code for code in SPEAKING_ROLES if code not in WRITING]


@dataclass(frozen=True)
class Speaker:
    """Somebody with a part to come who is not registered; what became of an earlier registration or invitation."""

    person: Person
    roles: Sequence[SpeakingRole]
    registration: Registration | None
    invitation: Invitation | None


@dataclass(frozen=True)
class Count:
    """How many speakers are not registered, how many of them nobody has invited, and how many have no address."""

    people: int
    to_invite: int
    nameless: int


def ahead(meeting: Meeting, at: datetime) -> list[ColumnElement[bool]]:
    """The conditions that a part is to be spoken in a session that is not over; one that waits for a time is not."""
    is_to_come = or_(Session.waiting == WAITS, and_(Session.cancelled_at.is_(None), Session.ends_at > at))
    holds = (SpeakingRole.ended_at.is_(None), SpeakingRole.state != SAID_NO, SpeakingRole.role.in_(SPEAKING))
    return [Session.meeting_id == meeting.id, is_to_come, *holds]


def registered(meeting: Meeting, *states: str) -> ColumnElement[bool]:
    """The condition that the speaker of a part is registered, in one of these states where some are named."""
    theirs = exists().where(Registration.person_id == SpeakingRole.person_id, Registration.meeting_id == meeting.id)
    if states:
        return theirs.where(Registration.state.in_(states))
    return theirs.where(Registration.state.not_in((WITHDRAWN, DECLINED, LAPSED)))


def missing(meeting: Meeting, at: datetime) -> Select[int | None]:
    """The numbers of the people who speak and are not registered, whoever speaks first first."""
    query = select(SpeakingRole.person_id).join(Session, SpeakingRole.session_id == Session.id)
    query = query.where(*ahead(meeting, at), SpeakingRole.person_id.is_not(None), ~registered(meeting))
    return query.group_by(SpeakingRole.person_id).order_by(func.min(Session.starts_at), SpeakingRole.person_id)


def uninvited(meeting: Meeting, at: datetime) -> Select[int | None]:
    """The same, without those who said no, were refused, or have an invitation that was not ended."""
    invited = exists().where(
        Invitation.meeting_id == meeting.id, Invitation.email == Person.email, Invitation.ended_at.is_(None)
    )
    theirs = select(Person.id).where(Person.id == SpeakingRole.person_id, invited).exists()
    return missing(meeting, at).where(~registered(meeting, WITHDRAWN, DECLINED), ~theirs)


def nameless(meeting: Meeting, at: datetime) -> Select[SpeakingRole]:
    """The parts to come of people whose address nobody knows, so that no registration is found."""
    query = select(SpeakingRole).join(Session, SpeakingRole.session_id == Session.id)
    query = query.where(*ahead(meeting, at), SpeakingRole.person_id.is_(None))
    return query.order_by(Session.starts_at, SpeakingRole.id)


def counted(meeting: Meeting, at: datetime) -> Count:
    """How many there are. One query."""
    parts = [
        select(func.count()).select_from(query.order_by(None).subquery()).scalar_subquery()
        for query in (missing(meeting, at), uninvited(meeting, at), nameless(meeting, at))
    ]
    return Count(*db.session.execute(select(*parts)).one())


def first_names(meeting: Meeting, at: datetime, most: int) -> list[str]:
    """The names of those who speak first, so many at most."""
    numbers = [one for one in db.session.scalars(missing(meeting, at).limit(most)) if one]
    people = {one.id: one.name for one in db.session.scalars(select(Person).where(Person.id.in_(numbers)))}
    return [people[one] for one in numbers]


def speakers(meeting: Meeting, at: datetime, page: str | None) -> Page[Speaker]:
    """The page of speakers who are not registered."""
    found = page_in_sql(missing(meeting, at), page, most=PAGE)
    rows = speakers_of(meeting, at, [one for one in found.rows if one])
    return Page(rows, found.number, found.pages, found.count)


def speakers_of(meeting: Meeting, at: datetime, numbers: Collection[int]) -> list[Speaker]:
    people = {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(numbers)))}
    query = select(SpeakingRole).join(Session, SpeakingRole.session_id == Session.id)
    query = query.where(*ahead(meeting, at), SpeakingRole.person_id.in_(numbers)).order_by(Session.starts_at)
    roles: dict[int | None, list[SpeakingRole]] = {}
    for role in db.session.scalars(query.options(joinedload(SpeakingRole.session))):
        roles.setdefault(role.person_id, []).append(role)
    before = select(Registration).where(Registration.meeting_id == meeting.id, Registration.person_id.in_(numbers))
    registrations = {one.person_id: one for one in db.session.scalars(before)}
    emails = [one.email for one in people.values()]
    asked = select(Invitation).where(Invitation.meeting_id == meeting.id, Invitation.email.in_(emails))
    asked = asked.where(Invitation.ended_at.is_(None)).order_by(Invitation.id)
    invitations = {one.email: one for one in db.session.scalars(asked)}
    return [
        Speaker(people[one], roles.get(one, []), registrations.get(one), invitations.get(people[one].email))
        for one in numbers
    ]


def to_invite(meeting: Meeting, at: datetime) -> list[Speaker]:
    """Every speaker whom nobody has invited; only right while the meeting is locked."""
    return speakers_of(meeting, at, [one for one in db.session.scalars(uninvited(meeting, at)) if one])


def parts_without_address(meeting: Meeting, at: datetime) -> list[tuple[SpeakingRole, Registration | None]]:
    """The first PAGE of these parts, each with the one registration of exactly that name, where there is one."""
    query = nameless(meeting, at).options(joinedload(SpeakingRole.session)).limit(PAGE)
    roles = list(db.session.scalars(query))
    names = {role.name.lower() for role in roles}
    called = func.lower(Registration.record_name)
    there = select(Registration).where(Registration.meeting_id == meeting.id, called.in_(names))
    there = there.where(Registration.state.not_in((WITHDRAWN, DECLINED, LAPSED)))
    found: dict[str, list[Registration]] = {}
    for one in db.session.scalars(there):
        found.setdefault(one.record_name.lower(), []).append(one)
    same = {name: ones[0] for name, ones in found.items() if len(ones) == 1}
    return [(role, same.get(role.name.lower())) for role in roles]


def part_of(meeting: Meeting, number: int) -> SpeakingRole | None:
    """The part in a session of this meeting with this number."""
    query = select(SpeakingRole).join(SpeakingRole.session)
    return db.session.scalar(query.where(SpeakingRole.id == number, Session.meeting_id == meeting.id))
