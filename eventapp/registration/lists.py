"""Lists to take along: the list of participants, and what is on the screen as CSV and XLSX."""

from itertools import groupby

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import transaction
from eventapp.history.actions import record
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.registration.listing import Look, Row, everybody, in_protocol_order, read_look
from eventapp.registration.models import APPROVED, Registration
from eventapp.registration.sheets import cells, csv_of, heads, xlsx_of

bp = Blueprint("registration_lists", __name__, url_prefix="/meetings/<slug>/manage")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/participants")
@with_meeting(may=run_meeting)
def participants(meeting: Meeting) -> ResponseReturnValue:
    """The list of participants as the United Nations prints it."""
    people = [row.registration for row in in_protocol_order(everybody(meeting, Look(state=APPROVED)))]
    chapters = [
        (category, [(delegation, list(members)) for delegation, members in groupby(of_category, delegation_of)])
        for category, of_category in groupby(people, category_of)
    ]
    return render_template("registration/participants.html", meeting=meeting, chapters=chapters, count=len(people))


def category_of(one: Registration) -> str:
    return one.category.name


def delegation_of(one: Registration) -> str:
    return one.delegation.name


@bp.get("/registrations.csv")
@with_meeting(may=run_meeting)
def as_csv(meeting: Meeting) -> ResponseReturnValue:
    """What the list shows, as CSV."""
    head, lines = table(meeting)
    return download(csv_of(head, lines), "text/csv", f"{meeting.slug}-registrations.csv")


@bp.get("/registrations.xlsx")
@with_meeting(may=run_meeting)
def as_xlsx(meeting: Meeting) -> ResponseReturnValue:
    """What the list shows, as a workbook."""
    head, lines = table(meeting)
    return download(xlsx_of(meeting.short_title, head, lines), XLSX, f"{meeting.slug}-registrations.xlsx")


def table(meeting: Meeting) -> tuple[list[str], list[list[str]]]:
    """Heads and lines of what the address asks for. Taking names along is written down."""
    look, needs = read_look(request.args), "needs" in request.args
    rows: list[Row] = everybody(meeting, look)
    if request.args.get("order") == "protocol":
        rows = in_protocol_order(rows)
    head, lines = heads(needs=needs), cells(rows, needs=needs)
    with transaction():
        detail = {"view": look.state, "search": look.q, "needs": needs, "lines": len(lines)}
        record("took the list along", meeting, by=current_person(), at=now(), meeting_id=meeting.id, **detail)
    return head, lines


def download(content: bytes, mimetype: str, name: str) -> Response:
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
