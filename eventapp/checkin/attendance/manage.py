"""Who came in, for organizers: by any gate of the building or of one session, as a page and as files."""

from datetime import date, timedelta

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

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

bp = Blueprint("attendance", __name__, url_prefix="/meetings/<slug>/manage/gates/<gate>")


@bp.get("/attendance")
@with_meeting(may=run_meeting)
def index(meeting: Meeting, gate: str) -> ResponseReturnValue:
    """A page of who came in, and the roles in the session whose holders were not read."""
    door, day = gate_at(meeting, gate) or abort(404), wanted_day()
    page = {"listed": attendance_page(door, day, request.args.get("page", "")), "missing": missing_roles(door)}
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


def table(meeting: Meeting, gate: Gate) -> tuple[list[str], list[list[str]]]:
    """Heads and lines of the place on the day that the address names. Taking names along is written down."""
    found = attendance_of(gate, wanted_day())
    zone = zone_label(meeting.zone, found[0].first if found else now())
    head = [_("Number"), _("Name"), _("Own script"), _("Delegation"), _("Organization"), _("Category")]
    head += [_("First in (%(zone)s)", zone=zone), _("Last in (%(zone)s)", zone=zone), _("Readings")]
    lines = []
    for one in found:
        who = one.registration
        times = [f"{local(at, meeting.zone):%Y-%m-%d %H:%M}" for at in (one.first, one.last)]
        sender = [who.delegation.label, who.organization, worded(who.category, "name")]
        lines.append([who.reference, who.record_name, who.own_name, *sender, *times, str(one.readings)])
    if request.method == "GET":  # HEAD takes nothing along
        with transaction():
            by = current_person()
            record("took the attendance along", gate, by=by, at=now(), name=gate.name, lines=len(lines))
    return head, lines


def wanted_day() -> date | None:
    """The day that the address names; None for all of them."""
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None


def days_of(meeting: Meeting) -> list[date]:
    """The days of the meeting."""
    return [meeting.starts_on + timedelta(days=n) for n in range((meeting.ends_on - meeting.starts_on).days + 1)]
