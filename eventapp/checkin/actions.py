"""Opening and closing gates, and reading badges at them."""

from datetime import datetime, timedelta

from sqlalchemy import func, inspect, select

from eventapp.agenda.models import Session
from eventapp.badges.actions import issue
from eventapp.badges.queries import bearer_by_entry_code
from eventapp.checkin.models import ALREADY, REFUSED, WELCOME, Gate, Scan
from eventapp.checkin.queries import Answer, answer_to, scan_by_key
from eventapp.checkin.reading import Reading
from eventapp.checkin.statements import WRITE_DOWN
from eventapp.checkin.told import Card, Spot, card_by_code, card_by_number, card_of, first_arrival
from eventapp.db import db, lock
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.registration.models import APPROVED, LAPSED, TIME_TO_CONFIRM, UNCONFIRMED
from eventapp.words import _

UNKNOWN, OTHER_MEETING, REPLACED = "unknown", "other-meeting", "replaced"  # and every state but approved
TIME_TO_UNDO = timedelta(minutes=5)


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
    """One reading of a badge at a gate: see `scan_at`."""
    return scan_at(Spot.of(gate), reading, by=by, at=at)


def scan_at(spot: Spot, reading: Reading, *, by: Person | None, at: datetime) -> Answer:
    """One reading of a badge: welcome, already in, or refused with its reason. Every reading is kept.

    The same key sent again is the same reading and gets its answer again. Whoever was read before is in, whatever the
    clocks of the devices say. The rows are the history of the door, so no line is written beside them. Refused where
    the gate is closed.
    """
    card, reason = whose(spot.meeting_id, reading, by=by, at=at)  # locked: one person at two counters is let in once
    scanned_at = reading.scanned_at(at)
    first = first_arrival(spot, card.registration_id, spot.day_of(scanned_at)) if card and not reason else None
    if spot.closed_at and scanned_at >= spot.closed_at and not scan_by_key(reading.key):
        raise Refused(_("%(gate)s is closed. Choose another gate.", gate=spot.name))
    number = write_down(spot, reading, card, reason, scanned_at, by=by, at=at)
    if number is None:
        return answer_to(scan_by_key(reading.key))
    verdict = REFUSED if reason else ALREADY if first else WELCOME
    return Answer(number, verdict, reason, reading.code, scanned_at, card, first)


def write_down(
    spot: Spot,
    reading: Reading,
    card: Card | None,
    reason: str,
    scanned_at: datetime,
    *,
    by: Person | None,
    at: datetime,
) -> int | None:
    """The number of the new row; None where this key is there already."""
    values = {
        "gate_id": spot.id,
        "badge_id": card.badge_id if card else None,
        "registration_id": card.registration_id if card else None,
        "client_key": reading.key,
        "method": reading.method,
        "read": reading.code[:60],
        "scanned_at": scanned_at,
        "received_at": at,
        "by_id": inspect(by).identity[0] if by else None,  # not by.id, which would be read anew
        "verdict": REFUSED if reason else WELCOME,
        "reason": reason,
    }
    number: int | None = db.session.scalar(WRITE_DOWN[db.engine.dialect.name], values)
    return number


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


def whose(meeting_id: int, reading: Reading, *, by: Person | None, at: datetime) -> tuple[Card | None, str]:
    """Whose badge was read, or whose number was typed, and why not to let them in: '' is a welcome."""
    if reading.number is not None:
        card = card_by_number(meeting_id, reading.number)
        return card, refusal_of(card, at)
    card = card_by_code(reading.secret) or first_card(meeting_id, reading.secret, by=by, at=at)
    if card and card.meeting_id != meeting_id:
        return None, OTHER_MEETING
    return card, REPLACED if card and card.badge_ended else refusal_of(card, at)


def first_card(meeting_id: int, code: str, *, by: Person | None, at: datetime) -> Card | None:
    """Who shows the code of the letter of approval before any badge was issued: it is issued now."""
    bearer = bearer_by_entry_code(meeting_id, code)
    if bearer is None:
        return None
    if bearer.holds_a_place:
        issue(bearer, by=by, at=at)
    else:
        lock(bearer)
    return card_of(bearer.id)


def refusal_of(card: Card | None, at: datetime) -> str:
    """Why somebody in this state is not let in, '' where nothing stands against it."""
    if card is None:
        return UNKNOWN
    if card.state == UNCONFIRMED and card.asked_at + TIME_TO_CONFIRM <= at:
        return LAPSED  # swept up or not
    return "" if card.state == APPROVED else card.state
