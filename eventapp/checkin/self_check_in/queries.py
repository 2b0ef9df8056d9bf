import re
from datetime import date, datetime

from sqlalchemy import select

from eventapp.checkin.actions import TIME_TO_UNDO
from eventapp.checkin.labels import Spot, same_place
from eventapp.checkin.models import LEFT, SELF, WELCOME, Gate, Scan
from eventapp.checkin.queries import gates_of
from eventapp.ground.db import db
from eventapp.ground.security.tokens import hashes, same
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Registration

FIGURES = 6


def codes_of_day(gate_id: int, day: date) -> list[str]:
    """The code of this gate on this day: by the key of now first, then by those of before.

    It is made and not stored, so that nobody has to choose one each morning.
    """
    made = hashes(f"code of the day of gate {gate_id} on {day.isoformat()}")
    return [f"{int(one, 16) % 10**FIGURES:0{FIGURES}d}" for one in made]


def code_of_day(gate: Gate, at: datetime) -> str:
    """The code that is shown at this gate now, by the day on the wall of the meeting: 482 913."""
    code = codes_of_day(gate.id, Spot.of(gate).day_of(at))[0]
    return f"{code[:3]} {code[3:]}"


def is_code_of_day(gate: Gate, typed: str, at: datetime) -> bool:
    """Whether this is the code of this gate today, in figures of whatever script, with blanks or without."""
    figures = re.sub(r"[\s-]", "", typed)
    if not figures.isdecimal() or len(figures) != FIGURES:
        return False
    plain = f"{int(figures):0{FIGURES}d}"
    return any(same(plain, one) for one in codes_of_day(gate.id, Spot.of(gate).day_of(at)))


def is_day_of(meeting: Meeting, at: datetime) -> bool:
    """Whether the meeting takes place on this day of its zone."""
    return meeting.starts_on <= at.astimezone(meeting.tz).date() <= meeting.ends_on


def gates_to_check_in(meeting: Meeting, at: datetime) -> list[Gate]:
    """The gates where participants check themselves in today; [] on a day that is not one of the meeting."""
    return [gate for gate in gates_of(meeting) if gate.self_check_in] if is_day_of(meeting, at) else []


def may_take_back(scan: Scan, at: datetime) -> bool:
    """Whether who let themselves in by this reading may still say that it was a mistake."""
    return scan.verdict == WELCOME and scan.undone_at is None and at - scan.received_at <= TIME_TO_UNDO


def is_in_by(scan: Scan, at: datetime) -> bool:
    """Whether who let themselves in by this reading today is in, and may say at this gate that they go."""
    gate, spot = scan.gate, Spot.of(scan.gate)
    if scan.verdict != WELCOME or scan.undone_at or not (gate.reads_out and gate.self_check_in) or gate.closed_at:
        return False
    if spot.day_of(scan.scanned_at) != spot.day_of(at):
        return False
    left = select(Scan.id).join(Gate, Scan.gate_id == Gate.id).where(Scan.registration_id == scan.registration_id)
    left = left.where(Scan.verdict == LEFT, Scan.undone_at.is_(None), Scan.id > scan.id, *same_place(spot))
    return db.session.scalar(left.limit(1)) is None


def own_reading(registration: Registration, number: int) -> Scan | None:
    """This reading, where it is one that this person made by themselves."""
    query = select(Scan).where(Scan.id == number, Scan.registration_id == registration.id, Scan.method == SELF)
    return db.session.scalar(query)
