"""Opening and closing gates, and reading badges at them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from eventapp.agenda.models import Session
from eventapp.badges.actions import issue
from eventapp.badges.models import Badge
from eventapp.badges.queries import badge_by_code, badge_of, bearer_by_entry_code
from eventapp.checkin.models import REFUSED, WELCOME, Gate, Scan
from eventapp.checkin.queries import Answer, answer_to, answer_to_new, scan_by_key
from eventapp.checkin.reading import Reading
from eventapp.db import db, lock
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.registration.models import APPROVED, Registration
from eventapp.registration.queries import registration_by_number
from eventapp.words import _

UNKNOWN, OTHER_MEETING, REPLACED = "unknown", "other-meeting", "replaced"  # and every state but approved
TIME_TO_UNDO = timedelta(minutes=5)


@dataclass(frozen=True)
class Found:
    """Whose reading it is, and why not to let the person in; no reason is a welcome."""

    registration: Registration | None = None
    badge: Badge | None = None
    reason: str = ""


def open_gate(meeting: Meeting, name: str, session: Session | None = None, *, by: Person | None, at: datetime) -> Gate:
    """A new gate, of the building or of one session of this meeting.

    Refused where an open gate has this name already.
    """
    lock(meeting)
    taken = select(Gate.id).where(Gate.meeting_id == meeting.id, Gate.name == name, Gate.closed_at.is_(None))
    if db.session.scalar(taken.limit(1)):
        raise Refused(_("There is an open gate called %(name)s. Give this one another name.", name=name))
    number = (db.session.scalar(select(func.count()).where(Gate.meeting_id == meeting.id)) or 0) + 1
    gate = Gate(meeting_id=meeting.id, code=f"G{number}", name=name, session_id=session.id if session else None)
    db.session.add(gate)
    record("gate opened", gate, by=by, at=at, meeting_id=meeting.id, name=name)
    return gate


def close_gate(gate: Gate, *, by: Person | None, at: datetime) -> Gate:
    """No more readings at this gate; those made stay. Closing it twice is closing it once."""
    lock(gate)
    if gate.closed_at is None:
        gate.closed_at = at
        record("gate closed", gate, by=by, at=at, meeting_id=gate.meeting_id, name=gate.name)
    return gate


def scan(gate: Gate, reading: Reading, *, by: Person | None, at: datetime) -> Answer:
    """One reading of a badge at a gate: welcome, already in, or refused with its reason. Every reading is kept.

    The same key sent again is the same reading and gets its answer again. The rows are the history of the door, so no
    line is written beside them. Refused where the gate is closed.
    """
    found = whose(gate.meeting, reading, by=by, at=at)
    if found.registration:
        lock(found.registration)  # one person at two counters is let in once
    sent_before = scan_by_key(reading.key)
    if sent_before:
        return answer_to(sent_before)
    scanned_at = reading.scanned_at(at)
    if gate.closed_at and scanned_at >= gate.closed_at:
        raise Refused(_("%(gate)s is closed. Choose another gate.", gate=gate.name))
    reason = found.reason or refusal_of(found.registration, at)
    row = Scan(
        gate_id=gate.id,
        badge_id=found.badge.id if found.badge else None,
        registration_id=found.registration.id if found.registration else None,
        client_key=reading.key,
        method=reading.method,
        read=reading.code[:60],
        scanned_at=scanned_at,
        received_at=at,
        by_id=by.id if by else None,
        verdict=REFUSED if reason else WELCOME,
        reason=reason,
    )
    db.session.add(row)
    db.session.flush()
    return answer_to_new(row)


def undo(scan: Scan, *, by: Person, at: datetime) -> Scan:
    """Take a reading back: it counts no more, and stays on record. Undoing it twice is undoing it once.

    Refused to a steward for a reading of somebody else's, or older than TIME_TO_UNDO.
    """
    lock(scan)
    if scan.undone_at:
        return scan
    if not run_meeting(by, scan.gate.meeting):
        if scan.by_id != by.id:
            raise Refused(_("Somebody else let this person in. Ask an organizer to undo it."))
        if at - scan.received_at > TIME_TO_UNDO:
            raise Refused(_("This was more than five minutes ago. Ask an organizer to undo it."))
    scan.undone_at, scan.undone_by_id = at, by.id
    record("scan undone", scan, by=by, at=at, meeting_id=scan.gate.meeting_id, read=scan.read)
    return scan


def whose(meeting: Meeting, reading: Reading, *, by: Person | None, at: datetime) -> Found:
    """Whose badge was read, or whose number was typed."""
    if reading.reference:
        typed = registration_by_number(meeting, reading.reference)
        return Found(typed, badge_of(typed)) if typed else Found(reason=UNKNOWN)
    badge = badge_by_code(reading.secret)
    if badge is None:
        bearer = bearer_by_entry_code(meeting, reading.secret)
        if bearer is None:
            return Found(reason=UNKNOWN)
        return Found(bearer, issue(bearer, by=by, at=at) if bearer.state == APPROVED else None)
    if badge.registration.meeting_id != meeting.id:
        return Found(reason=OTHER_MEETING)
    return Found(badge.registration, badge, REPLACED if badge.ended_at else "")


def refusal_of(registration: Registration | None, at: datetime) -> str:
    """Why somebody in this state is not let in, '' where nothing stands against it."""
    return "" if registration is None or registration.holds_a_place else registration.state_now(at)
