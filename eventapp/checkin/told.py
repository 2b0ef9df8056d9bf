"""What the door needs to know of a person, and what it tells: values, read in as few statements as can be.

A reading is answered while somebody waits, so this reads columns and not rows of the object mapper.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, select

from eventapp.badges.models import Badge
from eventapp.checkin.models import WELCOME, Gate, Scan
from eventapp.db import db
from eventapp.meetings.models import Category
from eventapp.people.models import Person
from eventapp.registration.models import Delegation, Registration


@dataclass(frozen=True)
class Spot:
    """A gate as a reading needs it."""

    id: int
    code: str
    name: str
    meeting_id: int
    zone: str
    session_id: int | None
    closed_at: datetime | None

    @classmethod
    def of(cls, gate: Gate) -> "Spot":
        """The values of a gate's row."""
        meeting = gate.meeting
        return cls(gate.id, gate.code, gate.name, meeting.id, meeting.zone, gate.session_id, gate.closed_at)

    def day_of(self, moment: datetime) -> date:
        """The day on the wall of the meeting."""
        return moment.astimezone(ZoneInfo(self.zone)).date()


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


_CARD = (
    *(Registration.id, Registration.person_id, Registration.meeting_id, Registration.state, Registration.asked_at),
    *(Registration.number, Registration.badge_name, Registration.own_name, Registration.own_language),
    *(Registration.organization, Delegation.name, Category.name, Category.colour, Category.ink, Category.shape),
    *(Badge.id, Badge.ended_at),
)


_FIELDS = tuple(field.name for field in fields(Card))  # in the order of the columns; the mark takes four of them


def card_by_code(code: str) -> Card | None:
    """Whose badge has this code, of whatever meeting; the registration stays locked until the transaction ends."""
    query = _cards().join(Badge, Badge.registration_id == Registration.id).where(Badge.code == code)
    return _card(db.session.execute(locked(query)).first())


def card_by_number(meeting_id: int, number: int) -> Card | None:
    """Who has this number at the meeting, with the badge in force; locked likewise."""
    living = (Badge.registration_id == Registration.id) & Badge.ended_at.is_(None)
    here = (Registration.meeting_id == meeting_id, Registration.number == number)
    query = _cards().outerjoin(Badge, living).where(*here)
    return _card(db.session.execute(locked(query)).first())


def card_of(registration_id: int) -> Card | None:
    """This person, as they stand now."""
    living = (Badge.registration_id == Registration.id) & Badge.ended_at.is_(None)
    return _card(
        db.session.execute(_cards().outerjoin(Badge, living).where(Registration.id == registration_id)).first()
    )


def locked(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The same, and the registration stays locked until the transaction ends."""
    return query.with_for_update(of=Registration)


def first_arrival(spot: Spot, registration_id: int, day: date) -> Arrival | None:
    """The reading that counts as this person's first in this place on this day of the meeting's zone.

    It is the least by time and then by key, so that uploads in any order end in the same answer.
    """
    query = (
        select(Scan.id, Scan.scanned_at, Gate.name, Person.name)
        .join(Gate, Scan.gate_id == Gate.id)
        .outerjoin(Person, Scan.by_id == Person.id)
        .where(Scan.registration_id == registration_id, *admitted(), *same_place(spot), *on_day(spot, day))
        .order_by(Scan.scanned_at, Scan.client_key)
        .limit(1)
    )
    found = db.session.execute(query).first()
    return Arrival(found[0], found[1], found[2], found[3] or "") if found else None


def admitted() -> tuple[ColumnElement[bool], ...]:
    """That a reading let somebody in and was not undone."""
    return Scan.verdict == WELCOME, Scan.undone_at.is_(None)


def same_place(spot: Spot) -> tuple[ColumnElement[bool], ...]:
    """One place has several gates: all of the building's, or all of one session's."""
    if spot.session_id is None:
        return Gate.meeting_id == spot.meeting_id, Gate.session_id.is_(None)
    return (Gate.session_id == spot.session_id,)


def on_day(spot: Spot, day: date) -> tuple[ColumnElement[bool], ...]:
    """That a reading was made on this day on the wall of the meeting."""
    starts, ends = bounds(spot.zone, day)
    return Scan.scanned_at >= starts, Scan.scanned_at < ends


def bounds(zone: str, day: date) -> tuple[datetime, datetime]:
    """When a day on the wall of this zone begins and when the next one does, in UTC."""
    starts = datetime.combine(day, time(), ZoneInfo(zone))
    ends = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    return starts.astimezone(UTC), ends.astimezone(UTC)


def _cards() -> Select[*tuple[Any, ...]]:
    return (
        select(*_CARD)
        .select_from(Registration)
        .join(Category, Registration.category_id == Category.id)
        .join(Delegation, Registration.delegation_id == Delegation.id)
    )


def _card(row: Sequence[Any] | None) -> Card | None:
    if row is None:
        return None
    facts: list[Any] = list(row)
    *person, name, colour, ink, shape, badge, ended = facts
    values = (*person, Mark(name, colour, ink, shape), badge, ended is not None)
    return Card(**dict(zip(_FIELDS, values, strict=True)))
