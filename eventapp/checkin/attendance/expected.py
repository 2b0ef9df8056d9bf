"""Who was expected at a place, and is present, excused or absent there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select, true
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.checkin.attendance.models import Excuse
from eventapp.checkin.gates import rule_of
from eventapp.checkin.labels import Spot, admitted, same_place
from eventapp.checkin.models import Gate, Scan
from eventapp.ground.db import db, lock
from eventapp.ground.text.i18n import LazyString, _l
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.registration.models import APPROVED, Delegation, Registration
from eventapp.registration.tags.models import Tagging

PAGE = 100
PRESENT, EXCUSED, ABSENT = "present", "excused", "absent"
STATES: Mapping[str, LazyString] = MappingProxyType(
    {PRESENT: _l("Present"), EXCUSED: _l("Excused"), ABSENT: _l("Absent")}
)


@dataclass(frozen=True)
class Expected:
    """Somebody who was expected, and what became of it."""

    registration: Registration
    state: str


def how_many(gate: Gate) -> dict[str, int]:
    """How many of those expected are in each state."""
    people = _expected(gate).subquery()
    query = select(people.c.state, func.count()).group_by(people.c.state)
    return {**dict.fromkeys(STATES, 0), **dict(db.session.execute(query).all())}


def of_session(session: Session) -> dict[str, int]:
    """The same of a session, by its first gate; {} for one without a gate or without anybody expected."""
    gate = db.session.scalar(select(Gate).where(Gate.session_id == session.id).order_by(Gate.id).limit(1))
    counts = how_many(gate) if gate else {}
    return counts if any(counts.values()) else {}


def expected_page(gate: Gate, state: str, wanted: str) -> Page[Expected]:
    """A page of those expected in this state, or in all for "", by delegation and name."""
    found = page_in_sql(_in_order(gate, state), wanted, most=PAGE)
    return Page(_read(gate, Registration.id.in_(found.rows)), found.number, found.pages, found.count)


def numbers_expected(gate: Gate) -> list[int]:
    """The registrations of everybody expected, by delegation and name."""
    return list(db.session.scalars(_in_order(gate, "")))


def expected_of(gate: Gate, numbers: Sequence[int]) -> list[Expected]:
    """What became of these registrations."""
    return _read(gate, Registration.id.in_(numbers))


def excuse(gate: Gate, registration: Registration, *, is_excused: bool, by: Person | None, at: datetime) -> None:
    """Write down that somebody is excused from this place, or is not after all. Doing it twice is doing it once."""
    lock(registration)
    session = Excuse.session_id.is_(None) if gate.session_id is None else Excuse.session_id == gate.session_id
    one = db.session.scalar(select(Excuse).where(Excuse.registration_id == registration.id, session))
    if is_excused == (one is not None):
        return
    if one is None:
        values = {"registration_id": registration.id, "session_id": gate.session_id}
        db.session.add(Excuse(**values, excused_at=at, excused_by_id=by.id if by else None))
    else:
        db.session.delete(one)
    verb = "excused somebody" if is_excused else "took an excuse back"
    record(verb, gate, by=by, at=at, name=gate.name, reference=registration.reference)


def _in_order(gate: Gate, state: str) -> Select[int]:
    people = _expected(gate).subquery()
    query = select(people.c.id).where(people.c.state == state if state else true())
    return query.order_by(people.c.sender, people.c.family, people.c.id)


def _read(gate: Gate, wanted: ColumnElement[bool]) -> list[Expected]:
    people = _expected(gate).subquery()
    query = (
        select(Registration, people.c.state)
        .join(people, people.c.id == Registration.id)
        .where(wanted)
        .order_by(people.c.sender, people.c.family, people.c.id)
        .options(joinedload(Registration.category), joinedload(Registration.delegation))
    )
    return [Expected(registration, state) for registration, state in db.session.execute(query)]


def _expected(gate: Gate) -> Select[int, str, str, str]:
    """Who has a place and was expected: at the building everybody; in a session those with a role in it, and those whom
    its gates were made for.
    """
    spot = Spot.of(gate)
    came = exists().where(Scan.registration_id == Registration.id, *admitted(), Scan.gate_id == Gate.id)
    came = came.where(*same_place(spot)).correlate(Registration)
    excused = exists().where(Excuse.registration_id == Registration.id).correlate(Registration)
    at_place = Excuse.session_id.is_(None) if gate.session_id is None else Excuse.session_id == gate.session_id
    state = case((came, PRESENT), (excused.where(at_place), EXCUSED), else_=ABSENT)
    return (
        select(
            Registration.id,
            Delegation.folded_name.label("sender"),
            Registration.family_name.label("family"),
            state.label("state"),
        )
        .join(Delegation, Registration.delegation_id == Delegation.id)
        .where(Registration.meeting_id == gate.meeting_id, Registration.state == APPROVED, _is_expected(gate))
    )


def _is_expected(gate: Gate) -> ColumnElement[bool]:
    if gate.session_id is None:
        return true()
    has_role = exists().where(
        SpeakingRole.person_id == Registration.person_id,
        SpeakingRole.session_id == gate.session_id,
        SpeakingRole.ended_at.is_(None),
        SpeakingRole.state != DECLINED,
    )
    groups: list[ColumnElement[bool]] = [has_role.correlate(Registration)]
    gates = select(Gate.admission).where(Gate.session_id == gate.session_id, Gate.closed_at.is_(None))
    for rule in map(rule_of, db.session.scalars(gates)):
        merged = select(Delegation.merged_into_id).where(Delegation.id.in_(rule.delegations))
        groups += [
            Registration.category_id.in_(rule.categories),
            Registration.delegation_id.in_(rule.delegations),
            Registration.delegation_id.in_(merged.where(Delegation.merged_into_id.is_not(None))),
            Registration.id.in_(select(Tagging.registration_id).where(Tagging.tag_id.in_(rule.tags))),
        ]
    return or_(*groups)
