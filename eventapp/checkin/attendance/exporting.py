"""Who came in, and who was expected, as tables; read some at a time."""

from collections.abc import Iterable, Sequence
from datetime import date

from eventapp.checkin.attendance.expected import STATES, expected_of, numbers_expected
from eventapp.checkin.attendance.queries import attendance_of, numbers_at
from eventapp.checkin.models import Gate
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.dates import local, zone_label
from eventapp.ground.text.i18n import _
from eventapp.ground.text.worded import worded
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.tables import Table, in_slices
from eventapp.registration.models import Registration

ATTENDANCE = "attendance"
CAME, EXPECTED = "attendance", "expected"  # the two tables of a gate


def read_gate(meeting: Meeting, wanted: Record) -> Table:
    """The table of the gate and the day that are wanted."""
    gate = db.session.get_one(Gate, wanted["gate"])
    if wanted["which"] == EXPECTED:
        return _expected(gate)
    return _came(meeting, gate, date.fromisoformat(wanted["day"]) if wanted["day"] else None, wanted["now"])


def _came(meeting: Meeting, gate: Gate, day: date | None, otherwise: str) -> Table:
    numbers = numbers_at(gate, day)
    first = attendance_of(gate, day, numbers[:1])
    zone = zone_label(meeting.zone, first[0].first) if first else otherwise
    head = [*_who(), _("First in (%(zone)s)", zone=zone), _("Last in (%(zone)s)", zone=zone)]
    head += [_("Left (%(zone)s)", zone=zone), _("Readings"), _("By themselves")]

    def lines(some: Sequence[int]) -> list[list[str]]:
        found = []
        for one in attendance_of(gate, day, some):
            times = [f"{local(at, meeting.zone):%Y-%m-%d %H:%M}" for at in (one.first, one.last)]
            times.append(f"{local(one.left, meeting.zone):%Y-%m-%d %H:%M}" if one.left else "")
            found.append([*who_is(one.registration), *times, str(one.readings), _("yes") if one.is_own else ""])
        return found

    return _table(gate, head, numbers, in_slices(numbers, lines))


def _expected(gate: Gate) -> Table:
    numbers = numbers_expected(gate)

    def lines(some: Sequence[int]) -> list[list[str]]:
        return [[*who_is(one.registration), str(STATES[one.state])] for one in expected_of(gate, some)]

    return _table(gate, [*_who(), _("State")], numbers, in_slices(numbers, lines))


def _table(gate: Gate, head: Sequence[str], numbers: Sequence[int], lines: Iterable[Sequence[str]]) -> Table:
    taken = {"gate": gate.id, "name": gate.name, "lines": len(numbers)}
    return Table(gate.name, head, len(numbers), lines, taken)


def _who() -> list[str]:
    return [_("Number"), _("Name"), _("Own script"), _("Delegation"), _("Organization"), _("Category")]


def who_is(one: Registration) -> list[str]:
    """The first fields of a line about somebody."""
    sender = [one.delegation.label, one.organization, worded(one.category, "name")]
    return [one.reference, one.record_name, one.own_name, *sender]
