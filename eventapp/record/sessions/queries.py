"""The sessions that are recorded, by whom, and the state of each record."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, load_only

from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.sessions.models import SessionRecord

RAPPORTEUR = "rapporteur"
SILENT_ROLES = ("rapporteur", "interpreter", "coordinator")  # they do not speak for anybody
BREAK = "break"


def session_at(meeting: Meeting, code: str) -> Session | None:
    """The session with this code; breaks have no record."""
    query = select(Session).where(Session.meeting_id == meeting.id, Session.code == code, Session.kind != BREAK)
    return db.session.scalar(query)


def is_rapporteur_of(person: Person, session: Session) -> bool:
    """Whether this person holds the part of rapporteur in this session, now."""
    query = holding(person).where(SpeakingRole.session_id == session.id)
    return db.session.scalar(query.limit(1)) is not None


def is_rapporteur_at(person: Person, meeting: Meeting) -> bool:
    """Whether this person is rapporteur of any session of this meeting, now."""
    query = holding(person).join(Session).where(Session.meeting_id == meeting.id)
    return db.session.scalar(query.limit(1)) is not None


def holding(person: Person) -> Select[int]:
    return select(SpeakingRole.id).where(
        SpeakingRole.person_id == person.id,
        SpeakingRole.role == RAPPORTEUR,
        SpeakingRole.ended_at.is_(None),
        SpeakingRole.state != DECLINED,
    )


def sessions_recorded(meeting: Meeting) -> list[Session]:
    """The sessions of this meeting that have a record, in the order of the day, with their rooms."""
    query = select(Session).where(
        Session.meeting_id == meeting.id, Session.kind != BREAK, Session.cancelled_at.is_(None)
    )
    return list(db.session.scalars(query.options(joinedload(Session.room)).order_by(Session.starts_at, Session.code)))


class Hours(NamedTuple):
    """When a session is, and its code: for a page that looks at all of them and shows few."""

    id: int
    code: str
    starts_at: datetime
    ends_at: datetime
    cancelled_at: datetime | None


def hours_recorded(meeting: Meeting) -> list[Hours]:
    """When each of these sessions is, in the same order."""
    query = select(Session.id, Session.code, Session.starts_at, Session.ends_at, Session.cancelled_at).where(
        Session.meeting_id == meeting.id, Session.kind != BREAK, Session.cancelled_at.is_(None)
    )
    return [Hours(*row) for row in db.session.execute(query.order_by(Session.starts_at, Session.code))]


def with_titles(numbers: Collection[int]) -> dict[int, Session]:
    """The sessions with these numbers, by number, with what lists call them in every language."""
    called = load_only(Session.code, Session.title, Session.texts, Session.changed_since)
    rows = db.session.scalars(select(Session).where(Session.id.in_(numbers)).options(called))
    return {session.id: session for session in rows}


def recorded_called(meeting: Meeting, typed: str) -> Session | None:
    """The session with a record that has this code, whether in capitals or not; none that was cancelled."""
    found = session_at(meeting, typed) or session_at(meeting, typed.upper())
    return found if found is not None and not found.cancelled_at else None


def first_recorded(meeting: Meeting) -> Session | None:
    """The first of these sessions."""
    query = select(Session).where(
        Session.meeting_id == meeting.id, Session.kind != BREAK, Session.cancelled_at.is_(None)
    )
    return db.session.scalar(query.order_by(Session.starts_at, Session.code).limit(1))


def titles_recorded(
    meeting: Meeting, among: Collection[int] | None = None, *, first: Sequence[ColumnElement[int]] = ()
) -> list[tuple[str, str]]:
    """Code and title of each of these sessions, by what comes `first`, then in the same order.

    Only of those `among` the ones with these numbers, where they are given.
    """
    query = select(Session.code, Session.title).where(
        Session.meeting_id == meeting.id, Session.kind != BREAK, Session.cancelled_at.is_(None)
    )
    query = query if among is None else query.where(Session.id.in_(among))
    rows = db.session.execute(query.order_by(*first, Session.starts_at, Session.code))
    return [(code, title) for code, title in rows]


def codes_recorded(meeting: Meeting) -> list[str]:
    """The codes of these sessions, in the same order."""
    query = select(Session.code).where(
        Session.meeting_id == meeting.id, Session.kind != BREAK, Session.cancelled_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(Session.starts_at, Session.code)))


def sessions_with(meeting: Meeting, codes: Sequence[str]) -> list[Session]:
    """The sessions of this meeting with these codes, in the order of the day."""
    query = select(Session).where(Session.meeting_id == meeting.id, Session.code.in_(codes))
    return list(db.session.scalars(query.order_by(Session.starts_at, Session.code)))


def codes_held_by(person: Person, meeting: Meeting) -> list[str]:
    """The codes of the sessions of this meeting that this person is rapporteur of, now."""
    query = holding(person).join(Session).where(Session.meeting_id == meeting.id)
    return list(db.session.scalars(query.with_only_columns(Session.code).distinct()))


def record_of(session: Session) -> SessionRecord | None:
    """The state of this session's record, None before anything was handed in."""
    return db.session.scalar(select(SessionRecord).where(SessionRecord.session_id == session.id))


def approved_records(meeting: Meeting) -> list[SessionRecord]:
    """The records of the sessions whose summary the world reads."""
    query = select(SessionRecord).join(SessionRecord.session).where(Session.meeting_id == meeting.id)
    return list(db.session.scalars(query.where(SessionRecord.approved_head.is_not(None)).order_by(SessionRecord.id)))


def records_of(meeting: Meeting, *where: ColumnElement[bool]) -> dict[int, SessionRecord]:
    """What was handed in at this meeting, by session; `where` says of which sessions, if not of all."""
    query = select(SessionRecord).join(Session).where(Session.meeting_id == meeting.id, *where)
    return {record.session_id: record for record in db.session.scalars(query)}


def rapporteurs_of(session: Session) -> list[SpeakingRole]:
    """Who records this session now."""
    return [role for role in session.roles if role.holds and role.role == RAPPORTEUR]
