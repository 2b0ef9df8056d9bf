"""Who came in, for organizers: by any gate of the building or of one session, as a page and as files."""

from datetime import date, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.checkin.attendance.expected import STATES, excuse, expected_page, how_many
from eventapp.checkin.attendance.exporting import ATTENDANCE, CAME, EXPECTED, read_gate
from eventapp.checkin.attendance.queries import attendance_page, missing_roles
from eventapp.checkin.models import Gate
from eventapp.checkin.queries import gate_at
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.db.types import Record
from eventapp.ground.text.dates import zone_label
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.exports.manage import Export
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
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
    return LIST.answer(meeting, "csv", gate=gate)


@bp.get("/attendance.xlsx")
@with_meeting(may=run_meeting)
def as_xlsx(meeting: Meeting, gate: str) -> ResponseReturnValue:
    """All of them with their times, as a workbook."""
    return LIST.answer(meeting, "xlsx", gate=gate)


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
    return LIST.answer(meeting, "csv", gate=gate, which=EXPECTED)


def asked(meeting: Meeting, gate: str, which: str = "") -> Record:
    """The table that the address names: of those who came on a day or on all, or of those expected."""
    door, day = gate_at(meeting, gate) or abort(404), wanted_day()
    which = EXPECTED if EXPECTED in (which, request.args.get("which")) else CAME
    zone = zone_label(meeting.zone, now())  # where nobody came
    return {"gate": door.id, "code": gate, "which": which, "day": day.isoformat() if day else "", "now": zone}


def named(meeting: Meeting, wanted: Record) -> tuple[str, str]:
    name = f"{meeting.slug}-{wanted['code']}-{wanted['which']}"
    return (_("Who was expected") if wanted["which"] == EXPECTED else _("Who came in")), name


def back(meeting: Meeting, wanted: Record) -> tuple[str, str]:
    page = ".expected" if wanted["which"] == EXPECTED else ".index"
    return url_for(page, slug=meeting.slug, gate=wanted["code"], day=wanted["day"] or None), _("Back to the list")


def taken(_meeting: Meeting, found: Record) -> None:
    """Write down that somebody took names along."""
    gate, details = db.session.get_one(Gate, found["gate"]), {"name": found["name"], "lines": found["lines"]}
    record("took the attendance along", gate, by=current_person(), at=now(), **details)


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


LIST = Export(ATTENDANCE, asked, read_gate, named, back, taken, "door")
LIST.pages(bp, "/attendance/files")
