from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.checkin.models import ALREADY, REFUSED, WELCOME, Gate, Scan
from eventapp.db import db
from eventapp.meetings.models import Meeting
from eventapp.registration.models import APPROVED, Registration
from eventapp.text import searchable

SHOWN = 12  # people found by name, as many as a phone shows


@dataclass(frozen=True)
class Answer:
    """What the door says to one reading; `first` is the reading that let the person in, where it was another one."""

    scan: Scan
    verdict: str
    first: Scan | None = None


@dataclass(frozen=True)
class GateCount:
    """A gate and how many different people it let in on one day."""

    gate: Gate
    inside: int


def gates_of(meeting: Meeting) -> list[Gate]:
    """The open gates of the meeting, those of the building first."""
    query = select(Gate).where(Gate.meeting_id == meeting.id, Gate.closed_at.is_(None))
    return list(db.session.scalars(query.order_by(Gate.session_id.is_not(None), Gate.id)))


def gate_at(meeting: Meeting, code: str) -> Gate | None:
    """The gate with this code, open or closed."""
    query = select(Gate).where(Gate.meeting_id == meeting.id, Gate.code == code)
    return db.session.scalar(query.options(joinedload(Gate.session)))


def gate_counts(meeting: Meeting, day: date) -> list[GateCount]:
    """Every gate, closed ones last, with the people it let in on this day of the meeting's zone."""
    admitted = (
        select(Scan.gate_id, func.count(func.distinct(Scan.registration_id)).label("inside"))
        .where(*_admitted(), *_on(meeting, day))
        .group_by(Scan.gate_id)
        .subquery()
    )
    query = (
        select(Gate, func.coalesce(admitted.c.inside, 0))
        .outerjoin(admitted, admitted.c.gate_id == Gate.id)
        .where(Gate.meeting_id == meeting.id)
        .order_by(Gate.closed_at.is_not(None), Gate.session_id.is_not(None), Gate.id)
        .options(joinedload(Gate.session))
    )
    return [GateCount(gate, inside) for gate, inside in db.session.execute(query)]


def sessions_with_a_door(meeting: Meeting) -> list[Session]:
    """The sessions that may have a gate of their own, in order of time."""
    query = select(Session).where(Session.meeting_id == meeting.id, Session.cancelled_at.is_(None))
    return list(db.session.scalars(query.order_by(Session.starts_at, Session.code)))


def scan_by_key(client_key: str) -> Scan | None:
    """The reading that was sent with this key before."""
    return db.session.scalar(select(Scan).where(Scan.client_key == client_key))


def scan_at(meeting: Meeting, number: int) -> Scan | None:
    """This reading, if it was made at a gate of this meeting."""
    query = select(Scan).join(Gate, Scan.gate_id == Gate.id).where(Scan.id == number, Gate.meeting_id == meeting.id)
    return db.session.scalar(query)


def answer_to(scan: Scan) -> Answer:
    """What the door says to this reading, from all that is known by now.

    The first of a day is the least by time and then by key, so that uploads in any order end in the same answer.
    """
    if scan.verdict == REFUSED or scan.registration is None:
        return Answer(scan, REFUSED)
    first = db.session.scalar(_entries_like(scan))
    if first is None or first.id == scan.id:
        return Answer(scan, WELCOME)
    return Answer(scan, ALREADY, first)


def answer_to_new(scan: Scan) -> Answer:
    """What the door says to a reading that arrives now: whoever was read before is in, whatever the clocks say."""
    if scan.verdict == REFUSED or scan.registration is None:
        return Answer(scan, REFUSED)
    other = db.session.scalar(_entries_like(scan).where(Scan.id != scan.id))
    return Answer(scan, ALREADY, other) if other else Answer(scan, WELCOME)


def inside(gate: Gate, at: datetime) -> int:
    """How many people are in today, by any gate of the building, or of the same session."""
    day = at.astimezone(gate.meeting.tz).date()
    query = (
        select(func.count(func.distinct(Scan.registration_id)))
        .join(Gate, Scan.gate_id == Gate.id)
        .where(*_admitted(), *_same_place(gate), *_on(gate.meeting, day))
    )
    return db.session.scalar(query) or 0


def expected(meeting: Meeting) -> int:
    """How many have a place."""
    query = select(func.count()).where(Registration.meeting_id == meeting.id, Registration.state == APPROVED)
    return db.session.scalar(query) or 0


def people_named(meeting: Meeting, words: str) -> list[Registration]:
    """Who has all these words in a name of either script or in the delegation: SHOWN at most, who has a place first."""
    query = select(Registration).where(Registration.meeting_id == meeting.id)
    for word in searchable(words).split()[:8]:
        query = query.where(Registration.search_text.contains(word, autoescape=True))
    query = query.order_by(Registration.state != APPROVED, Registration.family_name, Registration.number).limit(SHOWN)
    eager = (joinedload(Registration.category), joinedload(Registration.delegation))
    return list(db.session.scalars(query.options(*eager)))


def parts_in_sessions(registration: Registration) -> Sequence[SpeakingRole]:
    """The parts this person plays at this meeting, in order of time."""
    query = (
        select(SpeakingRole)
        .join(Session, SpeakingRole.session_id == Session.id)
        .where(
            SpeakingRole.person_id == registration.person_id,
            Session.meeting_id == registration.meeting_id,
            Session.cancelled_at.is_(None),
            SpeakingRole.ended_at.is_(None),
            SpeakingRole.state != DECLINED,
        )
        .order_by(Session.starts_at, SpeakingRole.id)
        .options(joinedload(SpeakingRole.session).joinedload(Session.room))
    )
    return db.session.scalars(query).all()


def _entries_like(scan: Scan) -> Select[Scan]:
    """Readings that let the same person into the same place on the same day, the first at the top."""
    meeting = scan.gate.meeting
    return (
        select(Scan)
        .join(Gate, Scan.gate_id == Gate.id)
        .where(
            Scan.registration_id == scan.registration_id,
            *_admitted(),
            *_same_place(scan.gate),
            *_on(meeting, scan.scanned_at.astimezone(meeting.tz).date()),
        )
        .order_by(Scan.scanned_at, Scan.client_key)
        .limit(1)
    )


def _admitted() -> tuple[ColumnElement[bool], ...]:
    return Scan.verdict == WELCOME, Scan.undone_at.is_(None)


def _same_place(gate: Gate) -> tuple[ColumnElement[bool], ...]:
    """One place has several gates: all of the building's, or all of one session's."""
    if gate.session_id is None:
        return Gate.meeting_id == gate.meeting_id, Gate.session_id.is_(None)
    return (Gate.session_id == gate.session_id,)


def _on(meeting: Meeting, day: date) -> tuple[ColumnElement[bool], ...]:
    starts = datetime.combine(day, time(), meeting.tz).astimezone(UTC)
    ends = datetime.combine(day + timedelta(days=1), time(), meeting.tz).astimezone(UTC)
    return Scan.scanned_at >= starts, Scan.scanned_at < ends
