from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import Select, bindparam, case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.agenda.models import Session
from eventapp.checkin.attendance.conditions import came_or_left, latest
from eventapp.checkin.labels import (
    Arrival,
    Card,
    Part,
    Spot,
    admitted,
    bounds,
    card_of,
    first_arrival,
    notes_of,
    parts_of,
)
from eventapp.checkin.models import ALREADY, HELD, LEFT, REFUSED, WELCOME, BalanceCount, Gate, Scan
from eventapp.checkin.reading import number_in
from eventapp.ground.db import db
from eventapp.ground.db.types import Query
from eventapp.ground.text.policy import search_key
from eventapp.ground.text.worded import worded
from eventapp.meetings.models import Meeting
from eventapp.registration.models import APPROVED, Registration

SHOWN = 12  # people found by name, as many as a phone shows
LISTED = 200  # refused readings on one page


@dataclass(frozen=True)
class Answer:
    """What the door says to one reading.

    `first` is the reading that let the person in, where it was another one; `parts` are told to whom it welcomes,
    `notes` to the steward.
    """

    scan_id: int
    verdict: str
    reason: str
    read: str
    scanned_at: datetime
    card: Card | None
    first: Arrival | None = None
    undone: bool = False
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()  # of organizers, for the door


@dataclass(frozen=True)
class GateCount:
    """A gate and how many different people it let in on one day."""

    gate: Gate
    inside: int


def gates_of(meeting: Meeting, names: Collection[str] | None = None) -> list[Gate]:
    """The open gates of the meeting, or those of these names: those of the building first."""
    query = select(Gate).where(Gate.meeting_id == meeting.id, Gate.closed_at.is_(None))
    query = query if names is None else query.where(Gate.name.in_(names))
    return list(db.session.scalars(query.order_by(Gate.session_id.is_not(None), Gate.id)))


def gate_has_readings(gate: Gate) -> bool:
    """Whether a badge was ever read there."""
    return db.session.scalar(select(Scan.id).where(Scan.gate_id == gate.id).limit(1)) is not None


def gate_at(meeting: Meeting, code: str) -> Gate | None:
    """The gate with this code, open or closed."""
    query = select(Gate).where(Gate.meeting_id == meeting.id, Gate.code == code)
    return db.session.scalar(query.options(joinedload(Gate.session)))


def gate_counts(meeting: Meeting, day: date) -> list[GateCount]:
    """Every gate, closed ones last, with the people it let in on this day of the meeting's zone."""
    starts, ends = bounds(meeting.zone, day)
    let_in = (
        select(Scan.gate_id, func.count(func.distinct(Scan.registration_id)).label("inside"))
        .where(*admitted(), Scan.scanned_at >= starts, Scan.scanned_at < ends)
        .group_by(Scan.gate_id)
        .subquery()
    )
    query = (
        select(Gate, func.coalesce(let_in.c.inside, 0))
        .outerjoin(let_in, let_in.c.gate_id == Gate.id)
        .where(Gate.meeting_id == meeting.id)
        .order_by(Gate.closed_at.is_not(None), Gate.session_id.is_not(None), Gate.id)
        .options(joinedload(Gate.session))
    )
    return [GateCount(gate, inside) for gate, inside in db.session.execute(query)]


def sessions_with_a_door(meeting: Meeting) -> list[tuple[str, str]]:
    """Code and title, in the reader's language, of the sessions that may have a gate of their own, by time."""
    query = select(Session.code, Session.title, Session.texts).where(  # a row reads as a session
        Session.meeting_id == meeting.id, Session.cancelled_at.is_(None)
    )
    rows = db.session.execute(query.order_by(Session.starts_at, Session.code))
    return [(row.code, worded(row, "title")) for row in rows]


def scan_by_key(client_key: str) -> Scan | None:
    """The reading that was sent with this key before."""
    return db.session.scalar(select(Scan).where(Scan.client_key == client_key))


def scan_at(meeting: Meeting, number: int) -> Scan | None:
    """This reading, if it was made at a gate of this meeting."""
    query = select(Scan).join(Gate, Scan.gate_id == Gate.id).where(Scan.id == number, Gate.meeting_id == meeting.id)
    return db.session.scalar(query)


def held_readings(meeting: Meeting) -> list[Scan]:
    """The readings that wait for an organizer's decision, in order of time."""
    return list(db.session.scalars(_readings(meeting, HELD).order_by(Scan.scanned_at, Scan.id)))


def how_many_held(meeting: Meeting) -> int:
    """How many readings wait for an organizer's decision."""
    query = select(func.count(Scan.id)).join(Scan.gate)
    return db.session.scalar(query.where(Gate.meeting_id == meeting.id, Scan.verdict == HELD)) or 0


def refused_readings(meeting: Meeting) -> list[Scan]:
    """The newest readings by which nobody was let in, LISTED at most."""
    return list(db.session.scalars(_readings(meeting, REFUSED).order_by(Scan.id.desc()).limit(LISTED)))


def _readings(meeting: Meeting, verdict: str) -> Select[Scan]:
    query = select(Scan).join(Scan.gate).where(Gate.meeting_id == meeting.id, Scan.verdict == verdict)
    return query.options(contains_eager(Scan.gate), joinedload(Scan.registration), joinedload(Scan.by))


def arrived_at(registration: Registration) -> datetime | None:
    """When the first reading that counts let this person in at a gate, whichever it was; None for who has not come."""
    let_in = (Scan.registration_id == registration.id, Scan.verdict == WELCOME, Scan.undone_at.is_(None))
    return db.session.scalar(select(func.min(Scan.scanned_at)).where(*let_in))


def answer_to(scan: Scan | None) -> Answer:
    """What the door says to this reading, from all that is known by now."""
    if scan is None:
        raise LookupError("There is no such reading.")
    ask, spot = db.session.connection(), Spot.of(scan.gate)
    card = card_of(ask, scan.registration_id) if scan.registration_id else None
    first = None
    if card and scan.verdict == WELCOME:
        first = first_arrival(ask, spot, card.registration_id, scan.scanned_at)
    other = first if first and first.scan_id != scan.id else None
    verdict = scan.verdict if scan.verdict != WELCOME else ALREADY if other else WELCOME
    undone = scan.undone_at is not None
    parts = parts_of(ask, card) if card and verdict == WELCOME else ()
    notes = notes_of(ask, card) if card else ()
    return Answer(scan.id, verdict, scan.reason, scan.read, scan.scanned_at, card, other, undone, parts, notes)


def inside(gate: Gate, at: datetime) -> int:
    """How many people are in now, by any gate of the building, or of the same session."""
    return came_and_inside(gate, at)[1]


def came_and_inside(gate: Gate, at: datetime) -> tuple[int, int]:
    """How many people came in today, by any gate of the same place, and how many of them were not read on the way out
    since.
    """
    starts, ends = bounds(gate.meeting.zone, Spot.of(gate).day_of(at))
    values = {"place": gate.session_id or gate.meeting_id, "starts": starts, "ends": ends}
    came_in, are_in = db.session.execute(inside_of(gate.session_id is None), values).one()
    return came_in, int(are_in)


@cache
def inside_of(is_building: bool) -> Query:  # noqa: FBT001 -- of which kind of place
    """How many came in and are in at a place on a day, put together once: every page of the door asks it."""
    came, left = latest(WELCOME), latest(LEFT)
    of_building = Gate.meeting_id == bindparam("place"), Gate.session_id.is_(None)
    place = of_building if is_building else (Gate.session_id == bindparam("place"),)
    day = Scan.scanned_at >= bindparam("starts"), Scan.scanned_at < bindparam("ends")
    people = (
        select(case((left > came, 0), else_=1).label("is_in"))
        .join(Gate, Scan.gate_id == Gate.id)
        .where(*came_or_left(), *place, *day)
        .group_by(Scan.registration_id)
        .having(came.is_not(None))
        .subquery()
    )
    return select(func.count(), func.coalesce(func.sum(people.c.is_in), 0)).select_from(people)


def expected(meeting: Meeting) -> int:
    """How many have a place."""
    query = select(func.count()).where(Registration.meeting_id == meeting.id, Registration.state == APPROVED)
    return db.session.scalar(query) or 0


def people_named(meeting: Meeting, words: str) -> list[Registration]:
    """Who has this number, or all these words in a name of either script or in the delegation: SHOWN at most.

    Whoever has a place comes first.
    """
    query, number = select(Registration).where(Registration.meeting_id == meeting.id), number_in(words)
    if number is not None:
        query = query.where(Registration.number == number)
    else:
        for word in search_key(words).split()[:8]:
            query = query.where(Registration.search_text.contains(word, autoescape=True))
    query = query.order_by(Registration.state != APPROVED, Registration.family_name, Registration.number).limit(SHOWN)
    eager = (joinedload(Registration.category), joinedload(Registration.delegation))
    return list(db.session.scalars(query.options(*eager)))


def count_of(meeting: Meeting) -> BalanceCount | None:
    """What was counted of this meeting for the world, open or closed; what is counted and not written yet, too."""
    for one in db.session.new:
        if isinstance(one, BalanceCount) and one.meeting is meeting:
            return one
    return db.session.scalar(select(BalanceCount).where(BalanceCount.meeting_id == meeting.id))


def present_for_the_world(meeting: Meeting) -> tuple[int, list[tuple[list[str], int]]]:
    """How many came as anyone may read it, and by stakeholder types counted together; 0, and none, where nobody may."""
    count = count_of(meeting)
    if count is None:
        return 0, []
    return count.content["totals"].get("present", 0), count.content["breakdowns"]["stakeholder"].get("present", [])
