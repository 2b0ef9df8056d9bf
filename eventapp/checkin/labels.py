"""What the door needs to know of a person, and what it tells: values, read in as few statements as can be.

A reading is answered while somebody waits, so this reads plain rows and not those of the object mapper, on the
connection it is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection

from eventapp.checkin import statements
from eventapp.checkin.admission import Admission
from eventapp.checkin.gates import rule_of
from eventapp.checkin.models import SELF, WELCOME, Gate, Scan
from eventapp.ground.db import db
from eventapp.ground.db.types import Query


class Host(NamedTuple):
    """The meeting of a gate as a reading needs it."""

    id: int
    slug: str
    zone: str


@dataclass(frozen=True)
class Spot:
    """A gate as a reading needs it."""

    id: int
    code: str
    name: str
    session_id: int | None
    closed_at: datetime | None
    meeting: Host
    admission: Admission
    reads_out: bool

    @classmethod
    def of(cls, gate: Gate) -> "Spot":
        """The values of a gate's row."""
        meeting = gate.meeting
        host = Host(meeting.id, meeting.slug, meeting.zone)
        admission = rule_of(gate.admission)
        return cls(gate.id, gate.code, gate.name, gate.session_id, gate.closed_at, host, admission, gate.reads_out)

    @property
    def meeting_id(self) -> int:
        """The number of its meeting."""
        return self.meeting.id

    @property
    def zone(self) -> str:
        """The zone of its meeting."""
        return self.meeting.zone

    def day_of(self, moment: datetime) -> date:
        """The day on the wall of the meeting."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def is_open_at(self, moment: datetime) -> bool:
        """Whether its hours have this moment."""
        rule = self.admission
        return not rule.has_hours or rule.is_open(moment.astimezone(ZoneInfo(self.zone)).time())


@dataclass(frozen=True)
class Mark:
    """The category as it is drawn."""

    name: str
    colour: str
    ink: str
    shape: str


@dataclass(frozen=True)
class Card:
    """What a steward sees of a person: no address, no telephone, no needs."""

    registration_id: int
    person_id: int
    meeting_id: int
    category_id: int
    delegation_id: int
    state: str
    asked_at: datetime
    number: int
    badge_name: str
    own_name: str
    own_language: str
    organization: str
    delegation: str
    category: Mark
    badge_id: int | None
    badge_ended: bool
    has_parts: bool
    has_photo: bool
    has_notes: bool

    @property
    def reference(self) -> str:
        """As it is printed under the code."""
        return f"R-{self.number:04d}"


@dataclass(frozen=True)
class Arrival:
    """The reading that let somebody in: when, where and by whom."""

    scan_id: int
    at: datetime
    gate: str
    by: str
    is_own: bool = False  # whether they checked in by themselves


@dataclass(frozen=True)
class Part:
    """A part somebody has in a session: its code, when, and in which room ('' where none is given)."""

    code: str
    at: datetime
    room: str


_FIELDS = tuple(field.name for field in fields(Card))  # in the order of the columns; the mark takes four of them


def spot_at(slug: str, code: str) -> Spot | None:
    """The gate with this code at the meeting with this address, open or closed."""
    found = db.session.connection().execute(statements.SPOT, {"slug": slug, "code": code}).first()
    if found is None:
        return None
    number, gate, name, session_id, closed_at, admission, reads_out, *host = found
    return Spot(number, gate, name, session_id, closed_at, Host(*host), rule_of(admission), reads_out)


def card_by_code(ask: Connection, code: str) -> Card | None:
    """Whose badge has this code, of whatever meeting; the registration stays locked until the transaction ends."""
    return _card(ask.execute(locked(statements.CARD_BY_CODE), {"code": code}).first())


def card_by_number(ask: Connection, meeting_id: int, number: int) -> Card | None:
    """Who has this number at the meeting, with the badge in force; locked likewise."""
    values = {"meeting": meeting_id, "number": number}
    return _card(ask.execute(locked(statements.CARD_BY_NUMBER), values).first())


def card_of(ask: Connection, registration_id: int) -> Card | None:
    """This person, as they stand now."""
    return _card(ask.execute(statements.CARD_OF, {"registration": registration_id}).first())


@cache
def locked(query: Query) -> Query:
    """The same, and the registration stays locked until the transaction ends."""
    return query.with_for_update(of=statements.registration)


def first_arrival(ask: Connection, spot: Spot, registration_id: int, at: datetime) -> Arrival | None:
    """The reading that let this person in at this place: the first on the day of this moment on the wall of the
    meeting, or after they were last read on the way out before it.

    It is the least by time and then by key, so that uploads in any order end in the same answer.
    """
    starts, ends = bounds(spot.zone, spot.day_of(at))
    values: dict[str, object] = {"registration": registration_id, "starts": starts, "ends": ends}
    values |= {"meeting": spot.meeting_id} if spot.session_id is None else {"session": spot.session_id}
    arrival, departure = statements.FIRST[spot.session_id is None]
    found = ask.execute(arrival, values).first()
    left = ask.execute(departure, {**values, "ends": at}).scalar() if found else None
    if left:  # the door asks for it of those only who are in
        found = ask.execute(arrival, {**values, "starts": left}).first()
    return Arrival(found[0], found[1], found[2], found[3] or "", found[4] == SELF) if found else None


def admitted() -> tuple[ColumnElement[bool], ...]:
    """That a reading let somebody in and was not undone."""
    return Scan.verdict == WELCOME, Scan.undone_at.is_(None)


def admitted_by(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    """That a reading which had arrived by this moment let somebody in, and was not undone by then."""
    stands = Scan.undone_at.is_(None) | (Scan.undone_at > moment)
    return Scan.verdict == WELCOME, Scan.received_at <= moment, stands


def same_place(spot: Spot) -> tuple[ColumnElement[bool], ...]:
    """One place has several gates: all of the building's, or all of one session's."""
    if spot.session_id is None:
        return Gate.meeting_id == spot.meeting_id, Gate.session_id.is_(None)
    return (Gate.session_id == spot.session_id,)


def on_day(spot: Spot, day: date) -> tuple[ColumnElement[bool], ...]:
    """That a reading was made on this day on the wall of the meeting."""
    starts, ends = bounds(spot.zone, day)
    return Scan.scanned_at >= starts, Scan.scanned_at < ends


def parts_of(ask: Connection, card: Card) -> tuple[Part, ...]:
    """The parts this person has at the meeting, in order of time; most people have none, and cost no question."""
    if not card.has_parts:
        return ()
    found = ask.execute(statements.PARTS, {"person": card.person_id, "meeting": card.meeting_id})
    return tuple(Part(code, at, room or "") for code, at, room in found)


def notes_of(ask: Connection, card: Card) -> tuple[str, ...]:
    """What organizers noted on this person for the door, in order; for most people nothing, and no question."""
    if not card.has_notes:
        return ()
    return tuple(ask.execute(statements.NOTES, {"registration": card.registration_id}).scalars())


def may_enter(ask: Connection, spot: Spot, card: Card) -> bool:
    """Whether the rule of the gate lets in this person, who has a place."""
    rule = spot.admission
    if not rule.is_for_some or card.category_id in rule.categories or card.delegation_id in rule.delegations:
        return True
    if rule.delegations:  # one of them may have been merged into theirs
        values: dict[str, object] = {"delegation": card.delegation_id, "taken_in": rule.delegations}
        if ask.execute(statements.TOOK_IN, values).first():
            return True
    if rule.tags:
        values = {"registration": card.registration_id, "tags": rule.tags}
        if ask.execute(statements.TAGGED, values).first():
            return True
    if not (rule.parts and card.has_parts):
        return False
    sessions = ask.execute(statements.SESSIONS, {"person": card.person_id, "meeting": card.meeting_id}).scalars().all()
    return spot.session_id in sessions if spot.session_id else bool(sessions)


@lru_cache(maxsize=64)
def bounds(zone: str, day: date) -> tuple[datetime, datetime]:
    """When a day on the wall of this zone begins and when the next one does, in UTC."""
    starts = datetime.combine(day, time(), ZoneInfo(zone))
    ends = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    return starts.astimezone(UTC), ends.astimezone(UTC)


def _card(row: Sequence[Any] | None) -> Card | None:  # columns of many types
    if row is None:
        return None
    *person, name, colour, ink, shape, badge, ended, has_parts, has_photo, has_notes = row
    values = (*person, Mark(name, colour, ink, shape), badge, ended is not None, has_parts, has_photo, has_notes)
    return Card(**dict(zip(_FIELDS, values, strict=True)))
