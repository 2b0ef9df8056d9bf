"""Lists to take along: the list of participants, and what is on the screen as CSV and XLSX."""

from itertools import groupby

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.web.downloads import download
from eventapp.ground.web.paging import page_of
from eventapp.history.actions import record
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.registration.answers.looks import take_along
from eventapp.registration.lists.answer_columns import Beside, answers_in, columns_in, personal_in
from eventapp.registration.lists.columns import ALWAYS, NEEDS
from eventapp.registration.lists.listing import Row, everybody, in_protocol_order, read_look
from eventapp.registration.lists.participants import in_this_order, people_in_protocol_order
from eventapp.registration.lists.sheets import cells, csv_of, xlsx_of
from eventapp.registration.models import Registration
from eventapp.registration.tags.queries import tags_at

bp = Blueprint("registration_lists", __name__, url_prefix="/meetings/<slug>/manage")

A_PAGE = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/participants")
@with_meeting(may=run_meeting)
def participants(meeting: Meeting) -> ResponseReturnValue:
    """The list of participants as the United Nations prints it, page by page."""
    listed = page_of(people_in_protocol_order(meeting), request.args.get("page"), most=A_PAGE)
    chapters = [
        (category, [(delegation, list(members)) for delegation, members in groupby(of_category, delegation_of)])
        for category, of_category in groupby(in_this_order(listed.rows), category_of)
    ]
    return render_template("registration/participants.html", meeting=meeting, chapters=chapters, listed=listed)


def category_of(one: Registration) -> str:
    return one.category.name


def delegation_of(one: Registration) -> str:
    return one.delegation.name


@bp.get("/registrations.csv")
@with_meeting(may=run_meeting)
def as_csv(meeting: Meeting) -> ResponseReturnValue:
    """What the list shows, as CSV."""
    head, lines = table(meeting)
    return download(f"{meeting.slug}-registrations.csv", "text/csv", csv_of(head, lines))


@bp.get("/registrations.xlsx")
@with_meeting(may=run_meeting)
def as_xlsx(meeting: Meeting) -> ResponseReturnValue:
    """What the list shows, as a workbook."""
    head, lines = table(meeting)
    return download(f"{meeting.slug}-registrations.xlsx", XLSX, xlsx_of(meeting.short_title, head, lines))


def table(meeting: Meeting) -> tuple[list[str], list[list[str]]]:
    """Heads and lines of what the address asks for. Taking names along is written down."""
    look, needs = read_look(request.args), "needs" in request.args
    rows: list[Row] = everybody(meeting, look)
    if request.args.get("order") == "protocol":
        rows = in_protocol_order(meeting, rows)
    columns = columns_in(meeting, look.columns) or columns_in(meeting, ",".join((*ALWAYS, *(NEEDS if needs else ()))))
    answers = answers_in(meeting, columns, opens=request.method == "GET")
    beside = Beside(tags_at(meeting) if "tags" in columns else {}, answers)
    head, lines = list(columns.values()), cells(rows, columns, beside)
    is_private = bool({*columns} & {*NEEDS}) or personal_in(meeting, columns)
    if request.method == "GET":  # HEAD takes nothing along
        with transaction():
            detail = {"view": look.state, "search": look.q, "needs": is_private, "lines": len(lines)}
            by, at = current_person(), now()
            record("took the list along", meeting, by=by, at=at, meeting_id=meeting.id, **detail)
            take_along(meeting, [row.registration for row in rows], columns, answers, by=by, at=at)
    return head, lines
