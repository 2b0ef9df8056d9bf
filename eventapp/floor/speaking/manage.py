"""Speaking times of a meeting, for its organizers and rapporteurs; and the statements of one session as files."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.floor.access import with_floor
from eventapp.floor.speaking.exporting import SPEAKERS, read_speakers
from eventapp.floor.speaking.queries import has_statements, statements_at, times_at
from eventapp.floor.speaking.times import GROUPINGS, STAKEHOLDER, TOLD, cells, heads
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _
from eventapp.ground.web.downloads import download
from eventapp.ground.web.paging import page_in_sql, page_of
from eventapp.history.actions import record
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.exports.manage import Export
from eventapp.meetings.prepared.tables import TYPES, Table, written
from eventapp.meetings.rules import have_ordered_record, record_meeting
from eventapp.people.current import current_person

bp = Blueprint("speaking", __name__, url_prefix="/meetings/<slug>")
A_PAGE, GROUPS = 100, 50


@bp.get("/manage/speaking-time")
@with_meeting(may=record_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Who spoke and how long: by group, and each statement; both page by page."""
    at, code, by = now(), request.args.get("session", ""), request.args.get("by", STAKEHOLDER)
    by = by if by in GROUPINGS else STAKEHOLDER
    found = times_at(meeting, code, by, at=at)
    return render_template(
        "floor/times.html",
        meeting=meeting,
        listing=page_in_sql(statements_at(meeting, code), request.args.get("page"), most=A_PAGE),
        times=found,
        groups=page_of(found.shares, request.args.get("groups"), most=GROUPS),
        has_any=bool(found.shares) or has_statements(meeting),
        by=by,
        groupings=GROUPINGS,
        code=code,
        told=TOLD,
        at=at,
    )


@bp.get("/manage/speaking-time.csv")
@with_meeting(may=record_meeting)
def as_csv(meeting: Meeting) -> ResponseReturnValue:
    """Every statement of the meeting as CSV."""
    return LIST.answer(meeting, "csv")


@bp.get("/manage/speaking-time.xlsx")
@with_meeting(may=record_meeting)
def as_xlsx(meeting: Meeting) -> ResponseReturnValue:
    """Every statement of the meeting as a workbook."""
    return LIST.answer(meeting, "xlsx")


@bp.get("/record/<code>/floor/statements.csv")
@with_floor
def session_csv(session: Session) -> ResponseReturnValue:
    """The statements of one session as CSV."""
    return file_of(session, "csv")


@bp.get("/record/<code>/floor/statements.xlsx")
@with_floor
def session_xlsx(session: Session) -> ResponseReturnValue:
    """The statements of one session as a workbook."""
    return file_of(session, "xlsx")


def file_of(session: Session, ending: str) -> ResponseReturnValue:
    """A file of one session: so short that it is always made at once."""
    meeting = session.meeting
    lines = cells(db.session.scalars(statements_at(meeting, session.code)), meeting.zone, at=now())
    content = written(Table(meeting.short_title, heads(), len(lines), lines), ending)
    if request.method == "GET":  # HEAD takes nothing along
        with transaction():
            taken(meeting, {"lines": len(lines)})
    return download(f"{meeting.slug}-{session.code}-speakers.{ending}", TYPES[ending], content)


def asked(_meeting: Meeting) -> Record:
    return {}


def named(meeting: Meeting, _wanted: Record) -> tuple[str, str]:
    return _("Who spoke"), f"{meeting.slug}-speakers"


def back(meeting: Meeting, _wanted: Record) -> tuple[str, str]:
    return url_for("speaking.index", slug=meeting.slug), _("Back to speaking time")


def taken(meeting: Meeting, found: Record) -> None:
    """Write down that somebody took names along."""
    record("took the speakers along", meeting, by=current_person(), at=now(), **found)


LIST = Export(
    SPEAKERS, asked, read_speakers, named, back, taken, "record", may=record_meeting, finds=have_ordered_record
)
LIST.pages(bp, "/manage/speaking-time/files")
