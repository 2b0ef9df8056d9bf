"""Speaking times of a meeting, for its organizers and rapporteurs; and the statements of one session as files."""

from collections.abc import Sequence

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.floor.access import with_floor
from eventapp.floor.models import Statement
from eventapp.floor.queries import statements_at
from eventapp.floor.times import GROUPINGS, STAKEHOLDER, TOLD, cells, heads, times
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.web.downloads import download
from eventapp.history.actions import record
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting
from eventapp.people.current import current_person
from eventapp.registration.lists.sheets import csv_of, xlsx_of

bp = Blueprint("speaking", __name__, url_prefix="/meetings/<slug>")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/manage/speaking-time")
@with_meeting(may=record_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Who spoke and how long: by group, and each statement."""
    at, statements = now(), statements_at(meeting)
    code, by = request.args.get("session", ""), request.args.get("by", STAKEHOLDER)
    chosen = [one for one in statements if not code or one.session.code == code]
    by = by if by in GROUPINGS else STAKEHOLDER
    return render_template(
        "floor/times.html",
        meeting=meeting,
        statements=chosen,
        times=times(chosen, by, at=at),
        by=by,
        groupings=GROUPINGS,
        code=code,
        told=TOLD,
        sessions=list({one.session_id: one.session for one in statements}.values()),
        at=at,
    )


@bp.get("/manage/speaking-time.csv")
@with_meeting(may=record_meeting)
def as_csv(meeting: Meeting) -> ResponseReturnValue:
    """Every statement of the meeting as CSV."""
    return csv_file(meeting, statements_at(meeting), meeting.slug)


@bp.get("/manage/speaking-time.xlsx")
@with_meeting(may=record_meeting)
def as_xlsx(meeting: Meeting) -> ResponseReturnValue:
    """Every statement of the meeting as a workbook."""
    return xlsx_file(meeting, statements_at(meeting), meeting.slug)


@bp.get("/record/<code>/floor/statements.csv")
@with_floor
def session_csv(session: Session) -> ResponseReturnValue:
    """The statements of one session as CSV."""
    return csv_file(session.meeting, of_session(session), f"{session.meeting.slug}-{session.code}")


@bp.get("/record/<code>/floor/statements.xlsx")
@with_floor
def session_xlsx(session: Session) -> ResponseReturnValue:
    """The statements of one session as a workbook."""
    return xlsx_file(session.meeting, of_session(session), f"{session.meeting.slug}-{session.code}")


def of_session(session: Session) -> list[Statement]:
    return [one for one in statements_at(session.meeting) if one.session_id == session.id]


def csv_file(meeting: Meeting, statements: Sequence[Statement], name: str) -> Response:
    return download(f"{name}-speakers.csv", "text/csv", csv_of(heads(), table(meeting, statements)))


def xlsx_file(meeting: Meeting, statements: Sequence[Statement], name: str) -> Response:
    content = xlsx_of(meeting.short_title, heads(), table(meeting, statements))
    return download(f"{name}-speakers.xlsx", XLSX, content)


def table(meeting: Meeting, statements: Sequence[Statement]) -> list[list[str]]:
    """The lines of a file. Taking names along is written down."""
    at = now()
    lines = cells(statements, meeting.zone, at=at)
    if request.method == "GET":  # HEAD takes nothing along
        with transaction():
            detail = {"lines": len(lines)}
            record("took the speakers along", meeting, by=current_person(), at=at, **detail)
    return lines
