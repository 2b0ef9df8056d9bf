"""Who came in, for organizers: by any gate of the building or of one session, as a page and as files."""

from datetime import date, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.checkin.attendance.expected import STATES, everybody_expected, excuse, expected_page, how_many
from eventapp.checkin.attendance.queries import attendance_of, attendance_page, missing_roles
from eventapp.checkin.models import Gate
from eventapp.checkin.queries import gate_at
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.dates import local, zone_label
from eventapp.ground.text.i18n import _
from eventapp.ground.text.worded import worded
from eventapp.ground.web.downloads import download
from eventapp.history.actions import record
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.registration.lists.manage import XLSX
from eventapp.registration.lists.sheets import csv_of, xlsx_of
from eventapp.registration.models import Registration
from eventapp.registration.queries import registration_by_number

bp = Blueprint("attendance", __name__, url_prefix="/meetings/<slug>/manage/gates/<gate>")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 1, 1)  # with every zone's hour they are moments yet


@bp.get("/attendance")
@with_meeting(may=run_meeting)
def index(meeting: Meeting, gate: str) -> ResponseReturnValue:
    """A page of who came in, and the roles in the session whose holders were not read."""
    door, day = gate_at(meeting, gate) or abort(404), wanted_day()
    page = {"listed": attendance_page(door, day, request.args.get("page", "")), "missing": missing_roles(door)}
    page |= {"counts": how_many(door), "states": STATES}
    dates = [] if door.session_id else days_of(meeting)
    return render_template("checkin/attendance.html", meeting=meeting, gate=door, day=day, dates=dates, **page)


@bp.get("/attendance.csv")
@with_meeting(may=run_meeting)
def as_csv(meeting: Meeting, gate: str) -> ResponseReturnValue:
    """All of them with their times, as CSV."""
    head, lines = table(meeting, gate_at(meeting, gate) or abort(404))
    return download(f"{meeting.slug}-{gate}-attendance.csv", "text/csv", csv_of(head, lines))


@bp.get("/attendance.xlsx")
@with_meeting(may=run_meeting)
def as_xlsx(meeting: Meeting, gate: str) -> ResponseReturnValue:
    """All of them with their times, as a workbook."""
    door = gate_at(meeting, gate) or abort(404)
    head, lines = table(meeting, door)
    return download(f"{meeting.slug}-{gate}-attendance.xlsx", XLSX, xlsx_of(door.name, head, lines))


@bp.get("/attendance/expected")
@with_meeting(may=run_meeting)
def expected(meeting: Meeting, gate: str) -> ResponseReturnValue:
    """Who was expected: present, excused or absent."""
    door, wanted = gate_at(meeting, gate) or abort(404), request.args.get("state", "")
    state = wanted if wanted in STATES else ""
    listed = expected_page(door, state, request.args.get("page", ""))
    page = {"listed": listed, "state": state, "counts": how_many(door), "states": STATES}
    return render_template("checkin/expected.html", meeting=meeting, gate=door, **page)


@bp.post("/attendance/expected")
@with_meeting(may=run_meeting)
def excused(meeting: Meeting, gate: str) -> ResponseReturnValue:
    """Somebody is excused, or not after all."""
    door, reference = gate_at(meeting, gate), request.form.get("reference", "")
    one = registration_by_number(meeting, reference) if door else None
    if door is None or one is None:
        abort(404)
    is_excused, who = request.form.get("excused") == "yes", one.record_name
    with transaction():
        excuse(door, one, is_excused=is_excused, by=current_person(), at=now())
    flash(_("%(name)s is excused.", name=who) if is_excused else _("%(name)s is not excused any more.", name=who), "ok")
    state, number = request.args.get("state") or None, request.args.get("page") or None
    return redirect(url_for(".expected", slug=meeting.slug, gate=gate, state=state, page=number), 303)


@bp.get("/attendance/expected.csv")
@with_meeting(may=run_meeting)
def expected_as_csv(meeting: Meeting, gate: str) -> ResponseReturnValue:
    """All of those expected with what became of it, as CSV."""
    door = gate_at(meeting, gate) or abort(404)
    head = [_("Number"), _("Name"), _("Own script"), _("Delegation"), _("Organization"), _("Category"), _("State")]
    lines = [[*who_is(one.registration), str(STATES[one.state])] for one in everybody_expected(door)]
    taken_along(door, len(lines))
    return download(f"{meeting.slug}-{gate}-expected.csv", "text/csv", csv_of(head, lines))


def table(meeting: Meeting, gate: Gate) -> tuple[list[str], list[list[str]]]:
    """Heads and lines of the place on the day that the address names. Taking names along is written down."""
    found = attendance_of(gate, wanted_day())
    zone = zone_label(meeting.zone, found[0].first if found else now())
    head = [_("Number"), _("Name"), _("Own script"), _("Delegation"), _("Organization"), _("Category")]
    head += [_("First in (%(zone)s)", zone=zone), _("Last in (%(zone)s)", zone=zone)]
    head += [_("Left (%(zone)s)", zone=zone), _("Readings"), _("By themselves")]
    lines = []
    for one in found:
        who = one.registration
        times = [f"{local(at, meeting.zone):%Y-%m-%d %H:%M}" for at in (one.first, one.last)]
        times.append(f"{local(one.left, meeting.zone):%Y-%m-%d %H:%M}" if one.left else "")
        lines.append([*who_is(who), *times, str(one.readings), _("yes") if one.is_own else ""])
    taken_along(gate, len(lines))
    return head, lines


def who_is(one: Registration) -> list[str]:
    """The first fields of a line about somebody."""
    sender = [one.delegation.label, one.organization, worded(one.category, "name")]
    return [one.reference, one.record_name, one.own_name, *sender]


def taken_along(gate: Gate, lines: int) -> None:
    """Write down that somebody took names along."""
    if request.method == "GET":  # HEAD takes nothing along
        with transaction():
            by = current_person()
            record("took the attendance along", gate, by=by, at=now(), name=gate.name, lines=lines)


def wanted_day() -> date | None:
    """The day that the address names; None for all of them, and where it names one of another age."""
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None
    return day if FIRST_DAY < day < LAST_DAY else None


def days_of(meeting: Meeting) -> list[date]:
    """The days of the meeting."""
    return [meeting.starts_on + timedelta(days=n) for n in range((meeting.ends_on - meeting.starts_on).days + 1)]
