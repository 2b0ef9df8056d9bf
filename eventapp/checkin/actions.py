"""Opening and closing gates, and reading badges at them."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, true

from eventapp.agenda.models import Session
from eventapp.badges.actions import issue
from eventapp.badges.queries import badges_of, bearer_by_entry_code
from eventapp.checkin.admission import NOT_HERE, OUT_OF_HOURS, Admission
from eventapp.checkin.gates import rules_in_words
from eventapp.checkin.labels import (
    Card,
    Spot,
    card_by_code,
    card_by_number,
    card_of,
    first_arrival,
    may_enter,
    notes_of,
    parts_of,
)
from eventapp.checkin.models import ALREADY, HELD, IDENTIFY, LEFT, REFUSED, WELCOME, Gate, Scan
from eventapp.checkin.queries import Answer, answer_to, scan_by_key
from eventapp.checkin.reading import Reading
from eventapp.checkin.statements import write_down
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import Actor, record
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.models import Person
from eventapp.registration.models import APPROVED, LAPSED, TIME_TO_CONFIRM, UNCONFIRMED

CLOSED = "closed"  # the rule of a session that is for those invited
UNKNOWN, OTHER_MEETING, REPLACED = "unknown", "other-meeting", "replaced"  # and every state but approved
OLD_LIST = "old-list"  # a phone without a connection refused by its list whom the door would have let in
ROLE_ENDED, GATE_CLOSED = "role-ended", "gate-closed"  # why a reading is held
TIME_TO_UNDO = timedelta(minutes=5)


def open_gate(meeting: Meeting, name: str, session: Session | None = None, *, by: Person | None, at: datetime) -> Gate:
    """A new gate, of the building or of one session of this meeting; of a closed session for those with a role in it,
    until an organizer says who else may enter.

    Refused where an open gate has this name already.
    """
    lock(meeting)
    refuse_taken(meeting, name)
    number = (db.session.scalar(select(func.count()).where(Gate.meeting_id == meeting.id)) or 0) + 1
    rule = Admission(parts=session is not None and session.rule == CLOSED)
    gate = Gate(meeting_id=meeting.id, code=f"G{number}", name=name, session_id=session.id if session else None)
    gate.admission = rule.as_record()
    db.session.add(gate)
    record("gate opened", gate, by=by, at=at, name=name)
    return gate


def close_gate(gate: Gate, *, by: Person | None, at: datetime) -> Gate:
    """No more readings at this gate; those made stay. Closing it twice is closing it once."""
    lock(gate)
    if gate.closed_at is None:
        gate.closed_at = at
        record("gate closed", gate, by=by, at=at, name=gate.name)
    return gate


def change_gate(
    gate: Gate,
    name: str,
    admission: Admission,
    *,
    reads_out: bool = False,
    self_check_in: bool = False,
    by: Person | None,
    at: datetime,
) -> None:
    """Another name, who may enter from now on, whether people are read on the way out too and check in by themselves.

    Refused where another open gate has this name, or the gate is closed.
    """
    lock(gate.meeting)
    if gate.closed_at:
        raise Refused(_("%(gate)s is closed. Choose another gate.", gate=gate.name))
    refuse_taken(gate.meeting, name, gate)
    gate.name, gate.admission = name, admission.as_record()
    gate.reads_out, gate.self_check_in = reads_out, self_check_in
    words = rules_in_words(gate.meeting, [gate])[gate.id]
    ways = {"reads_out": reads_out, "self_check_in": self_check_in}
    record("gate changed", gate, by=by, at=at, name=name, lets_in=words, **ways)


def refuse_taken(meeting: Meeting, name: str, gate: Gate | None = None) -> None:
    """Refused where another open gate of the meeting has this name. The meeting is locked."""
    taken = select(Gate.id).where(Gate.meeting_id == meeting.id, Gate.name == name, Gate.closed_at.is_(None))
    if db.session.scalar(taken.where(Gate.id != gate.id if gate else true()).limit(1)):
        raise Refused(_("There is an open gate called %(name)s. Give this one another name.", name=name), beside="name")


def scan(gate: Gate, reading: Reading, *, by: Person | None, at: datetime) -> Answer:
    """One reading of a badge at a gate: see `scan_at`."""
    return scan_at(Spot.of(gate), reading, by=by, at=at)


def scan_at(spot: Spot, reading: Reading, *, by: Actor | None, at: datetime) -> Answer:
    """One reading of a badge: welcome, already in, or refused with its reason. Every reading is kept.

    The same key sent again is the same reading and gets its answer again. Whoever was read before is in, whatever the
    clocks of the devices say. A typed number only shows whose it is: nothing is kept. The rows are the history of the
    door, so no line is written beside them. Refused where the gate is closed.
    """
    ask = db.session.connection()
    card = card_read(ask, spot.meeting_id, reading) or first_card(spot.meeting_id, reading, by=by, at=at)
    if spot.closed_at and reading.scanned_at(at) >= spot.closed_at and not scan_by_key(reading.key):
        if reading.offline_at:  # somebody was let in by it: it is not lost
            return hold(spot, reading, GATE_CLOSED, by=by, at=at)
        raise Refused(_("%(gate)s is closed. Choose another gate.", gate=spot.name))
    if reading.must_identify and card and not reason_against(ask, spot, card, reading, at):
        return Answer(0, IDENTIFY, "", reading.code, at, card, notes=notes_of(ask, card))
    return answer_new(ask, spot, reading, card, by=by, at=at) or answer_to(scan_by_key(reading.key))


def answer_new(
    ask: Connection, spot: Spot, reading: Reading, card: Card | None, *, by: Actor | None, at: datetime
) -> Answer | None:
    """What the door says to this reading, written down; None where one with this key is there already."""
    scanned_at = reading.scanned_at(at)
    reason = reason_against(ask, spot, card, reading, scanned_at)
    bearer = None if reason == OTHER_MEETING else card  # of another meeting's people the door tells and keeps nothing
    comes = card if not reason and not reading.goes_out else None
    first = first_arrival(ask, spot, comes.registration_id, scanned_at) if comes else None
    verdict = REFUSED if reason else LEFT if reading.goes_out else ALREADY if first else WELCOME
    stored = (WELCOME if first else verdict), reason, reading.answered if reading.offline_at else verdict
    number = insert(ask, spot, reading, bearer, stored, by=by, at=at)
    if number is None:
        return None
    parts = parts_of(ask, bearer) if bearer and verdict == WELCOME else ()
    notes = notes_of(ask, bearer) if bearer else ()
    return Answer(number, verdict, reason, reading.code, scanned_at, bearer, first, parts=parts, notes=notes)


def insert(
    ask: Connection,
    spot: Spot,
    reading: Reading,
    bearer: Card | None,
    outcome: tuple[str, str, str],
    *,
    by: Actor | None,
    at: datetime,
) -> int | None:
    """The number of the new row of this reading, with its verdict, the reason and what the steward was shown; None
    where one with its key is there already.
    """
    verdict, reason, answered = outcome
    values = {
        "gate_id": spot.id,
        "badge_id": bearer.badge_id if bearer else None,
        "registration_id": bearer.registration_id if bearer else None,
        "client_key": reading.key,
        "method": reading.method,
        "read": reading.code[:60],
        "scanned_at": reading.scanned_at(at),
        "received_at": at,
        "by_id": by.id if by else None,
        "verdict": verdict,
        "reason": reason,
        "answered": answered,
    }
    number: int | None = ask.execute(write_down(ask.dialect.name), values).scalar()
    return number


def hold(spot: Spot, reading: Reading, reason: str, *, by: Actor | None, at: datetime) -> Answer:
    """Keep a reading, made offline, until an organizer decides: nobody is in by it. Sent again it is kept once."""
    ask = db.session.connection()
    card = card_read(ask, spot.meeting_id, reading)
    bearer = card if card and card.meeting_id == spot.meeting_id else None
    insert(ask, spot, reading, bearer, (HELD, reason, reading.answered), by=by, at=at)
    return answer_to(scan_by_key(reading.key))


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


def card_read(ask: Connection, meeting_id: int, reading: Reading) -> Card | None:
    """Whose badge was read, or whose number was typed. Locked: one person at two counters is let in once."""
    number = reading.number
    return card_by_code(ask, reading.secret) if number is None else card_by_number(ask, meeting_id, number)


def first_card(meeting_id: int, reading: Reading, *, by: Actor | None, at: datetime) -> Card | None:
    """Who shows the code of the letter of approval where no badge has it: the first badge is issued now.

    It may be there already: issued at another gate a moment ago, or with the code that a newer key gives.
    """
    bearer = bearer_by_entry_code(meeting_id, reading.secret) if reading.number is None else None
    if bearer is None:
        return None
    if bearer.meeting_id == meeting_id and bearer.holds_a_place:
        issue(bearer, by=by, at=at)
    else:
        lock(bearer)
    ask, issued = db.session.connection(), badges_of(bearer)
    return card_by_code(ask, issued[-1].code) if issued else card_of(ask, bearer.id)


def refusal_of(ask: Connection, spot: Spot, card: Card | None, at: datetime) -> str:
    """Why not to let them in at this moment; '' where nothing stands against it."""
    if card is None:
        return UNKNOWN
    if card.meeting_id != spot.meeting_id:
        return OTHER_MEETING
    if card.badge_ended:
        return REPLACED
    if card.state == UNCONFIRMED and card.asked_at + TIME_TO_CONFIRM <= at:
        return LAPSED  # swept up or not
    return card.state if card.state != APPROVED else against_rule(ask, spot, card, at)


def reason_against(ask: Connection, spot: Spot, card: Card | None, reading: Reading, at: datetime) -> str:
    """Why a reading of this moment lets nobody in, or out, which no rule stops; '' where nothing is against it."""
    if reading.goes_out:
        return UNKNOWN if card is None else OTHER_MEETING if card.meeting_id != spot.meeting_id else ""
    return refusal_of(ask, spot, card, at) or (OLD_LIST if reading.answered == REFUSED else "")


def against_rule(ask: Connection, spot: Spot, card: Card, at: datetime) -> str:
    """Why this gate does not let in somebody with a place at this moment; '' where it does."""
    if not spot.is_open_at(at):
        return OUT_OF_HOURS
    return "" if may_enter(ask, spot, card) else NOT_HERE
