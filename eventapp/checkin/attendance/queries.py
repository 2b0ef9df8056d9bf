from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Subquery, case, func, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import DECLINED, SpeakingRole
from eventapp.checkin.attendance.conditions import came_or_left, latest
from eventapp.checkin.labels import Spot, admitted, on_day, same_place
from eventapp.checkin.models import LEFT, SELF, WELCOME, Gate, Scan
from eventapp.ground.db import db
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.registration.models import Registration

PAGE = 100


@dataclass(frozen=True)
class Attendance:
    """One person at one place: when the first and the last reading let them in, how many there were, and when they were
    last read on the way out, None where they never were or came in again since; and whether they checked in by
    themselves.
    """

    registration: Registration
    first: datetime
    last: datetime
    readings: int
    left: datetime | None
    is_own: bool


def attendance_page(gate: Gate, day: date | None, wanted: str) -> Page[Attendance]:
    """A page of who came in by any gate of the same place, on this day of the meeting's zone or on all, the first
    who came first.
    """
    times = times_at(gate, day)
    found = page_in_sql(select(times.c.number).order_by(times.c.first, times.c.number), wanted, most=PAGE)
    rows = attendances(times, times.c.number.in_(found.rows))
    return Page(rows, found.number, found.pages, found.count)


def numbers_at(gate: Gate, day: date | None) -> list[int]:
    """The registrations of all of them, the first who came first."""
    times = times_at(gate, day)
    return list(db.session.scalars(select(times.c.number).order_by(times.c.first, times.c.number)))


def attendance_of(gate: Gate, day: date | None, numbers: Sequence[int]) -> list[Attendance]:
    """What is said of these registrations."""
    times = times_at(gate, day)
    return attendances(times, times.c.number.in_(numbers))


def times_at(gate: Gate, day: date | None) -> Subquery:
    """The registrations that gates of this place let in: number, first and last time, how often, when they left."""
    query = (
        select(
            Scan.registration_id.label("number"),
            func.min(case((Scan.verdict == WELCOME, Scan.scanned_at))).label("first"),
            latest(WELCOME).label("last"),
            func.count(case((Scan.verdict == WELCOME, 1))).label("readings"),
            case((latest(LEFT) > latest(WELCOME), latest(LEFT))).label("left"),
            func.count(case((Scan.method == SELF, 1))).label("own"),
        )
        .join(Gate, Scan.gate_id == Gate.id)
        .where(*came_or_left(), *here(gate, day))
    )
    return query.group_by(Scan.registration_id).having(latest(WELCOME).is_not(None)).subquery()


def let_in(gate: Gate, day: date | None) -> list[ColumnElement[bool]]:
    """The conditions that a reading counts for this place and day."""
    return [*admitted(), *here(gate, day)]


def here(gate: Gate, day: date | None) -> list[ColumnElement[bool]]:
    """The conditions that a reading was made at this place and on this day."""
    spot = Spot.of(gate)
    return [*same_place(spot), *(on_day(spot, day) if day else ())]


def attendances(times: Subquery, wanted: ColumnElement[bool]) -> list[Attendance]:
    """Those of these that are wanted, by the time of their first reading."""
    query = (
        select(Registration, times.c.first, times.c.last, times.c.readings, times.c.left, times.c.own > 0)
        .join(times, times.c.number == Registration.id)
        .where(wanted)
        .order_by(times.c.first, times.c.number)
        .options(joinedload(Registration.category), joinedload(Registration.delegation))
    )
    return [Attendance(*row) for row in db.session.execute(query)]


def missing_roles(gate: Gate) -> list[SpeakingRole]:
    """The roles in the session of this gate whose holders no gate of it let in; [] for a gate of the building."""
    if gate.session_id is None:
        return []
    came = select(Registration.person_id).join(Scan, Scan.registration_id == Registration.id)
    came = came.join(Gate, Scan.gate_id == Gate.id).where(*let_in(gate, None))
    query = select(SpeakingRole).where(
        SpeakingRole.session_id == gate.session_id,
        SpeakingRole.ended_at.is_(None),
        SpeakingRole.state != DECLINED,
        SpeakingRole.person_id.is_(None) | SpeakingRole.person_id.not_in(came),
    )
    return list(db.session.scalars(query.order_by(SpeakingRole.id)))
