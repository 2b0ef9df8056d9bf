"""What a steward was shown at the door, and what all that is known by now says against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, contains_eager, joinedload

from eventapp.checkin.labels import Spot, admitted, bounds
from eventapp.checkin.models import LEFT, REFUSED, WELCOME, Gate, Scan
from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

MOST = 200  # on one page; what is looked at makes room
AROUND = timedelta(days=2)  # a door is tried before the first day, and a phone sends after the last


@dataclass(frozen=True)
class Contradiction:
    """A reading that welcomed somebody, and the one that had let them in before; None where they are refused."""

    scan: Scan
    first: Scan | None


def contradictions(meeting: Meeting) -> list[Contradiction]:
    """Who was welcomed twice on one day at one place, or is refused by what is known now, where nobody looked at it
    yet: the newest first, MOST at most.
    """
    query = _open(select(Scan), meeting).order_by(Scan.id.desc()).limit(MOST)
    eager = (contains_eager(Scan.gate), joinedload(Scan.registration), joinedload(Scan.by))
    found = list(db.session.scalars(query.options(*eager)))
    arrivals = _arrivals(one.registration_id for one in found)
    return [Contradiction(one, _first(one, arrivals) if one.verdict == WELCOME else None) for one in found]


def how_many_contradictions(meeting: Meeting) -> int:
    """How many of them nobody looked at yet."""
    return db.session.scalar(_open(select(func.count(Scan.id)), meeting)) or 0


def settle(scan: Scan, *, by: Person | None, at: datetime) -> None:
    """An organizer looked at it: it is not listed any more. Doing it twice is doing it once."""
    lock(scan)
    if scan.settled_at is None:
        scan.settled_at = at
        record("contradiction looked at", scan, by=by, at=at, meeting_id=scan.gate.meeting_id, read=scan.read)


def _open(query: Select[Scan], meeting: Meeting) -> Select[Scan]:
    earlier, other = aliased(Scan), aliased(Gate)
    sooner = or_(
        earlier.scanned_at < Scan.scanned_at,
        and_(earlier.scanned_at == Scan.scanned_at, earlier.client_key < Scan.client_key),
    )
    same_place = or_(other.session_id == Gate.session_id, and_(other.session_id.is_(None), Gate.session_id.is_(None)))
    before = (
        exists()
        .where(earlier.registration_id == Scan.registration_id, earlier.gate_id == other.id, sooner)
        .where(earlier.verdict == WELCOME, earlier.undone_at.is_(None))
        .where(other.meeting_id == Gate.meeting_id, same_place)
        .where(_day_of(earlier.scanned_at, meeting) == _day_of(Scan.scanned_at, meeting))
        .where(~_went_out(earlier))
        .correlate(Scan, Gate)
    )
    return (
        query.join(Scan.gate)
        .where(Gate.meeting_id == meeting.id, Scan.answered == WELCOME)
        .where(Scan.undone_at.is_(None), Scan.settled_at.is_(None))
        .where(or_(Scan.verdict == REFUSED, and_(Scan.verdict == WELCOME, before)))
    )


def _went_out(earlier: type[Scan]) -> ColumnElement[bool]:
    """Whether somebody was read on the way out of this place between that reading and this: then both were right."""
    left, its_gate = aliased(Scan), aliased(Gate)
    same_place = or_(
        its_gate.session_id == Gate.session_id, and_(its_gate.session_id.is_(None), Gate.session_id.is_(None))
    )
    return (
        exists()
        .where(left.registration_id == Scan.registration_id, left.gate_id == its_gate.id)
        .where(left.verdict == LEFT, left.undone_at.is_(None), its_gate.meeting_id == Gate.meeting_id, same_place)
        .where(left.scanned_at >= earlier.scanned_at, left.scanned_at <= Scan.scanned_at)
        .correlate(Scan, Gate, earlier)
    )


def _day_of(moment: "InstrumentedAttribute[datetime]", meeting: Meeting) -> ColumnElement[int]:
    """The day on the wall of the meeting, as a number."""
    first = meeting.starts_on - AROUND
    days = (meeting.ends_on + AROUND - first).days
    ends = [bounds(meeting.zone, first + timedelta(days=number))[1] for number in range(days)]
    return case(*((moment < end, number) for number, end in enumerate(ends)), else_=days)


def _arrivals(registrations: Iterable[int | None]) -> dict[int | None, list[Scan]]:
    """Every reading that let in one of these people, in the order in which they count."""
    query = select(Scan).join(Scan.gate).where(*admitted(), Scan.registration_id.in_(set(registrations)))
    query = query.options(contains_eager(Scan.gate)).order_by(Scan.scanned_at, Scan.client_key)
    found: dict[int | None, list[Scan]] = {}
    for scan in db.session.scalars(query):
        found.setdefault(scan.registration_id, []).append(scan)
    return found


def _first(scan: Scan, arrivals: dict[int | None, list[Scan]]) -> Scan | None:
    """The reading that let them in before: the last of that day at this place."""
    spot, found = Spot.of(scan.gate), None
    for one in arrivals.get(scan.registration_id, []):
        if one is scan:
            break
        if one.gate.session_id == spot.session_id and spot.day_of(one.scanned_at) == spot.day_of(scan.scanned_at):
            found = one
    return found
