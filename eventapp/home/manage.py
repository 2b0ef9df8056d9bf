"""The history of a meeting, as an organizer reads it."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.ground.text.i18n import _l
from eventapp.history.queries import entries_at, entries_count
from eventapp.home.things import names_of
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting

bp = Blueprint("history", __name__)

A_PAGE = 50
THINGS = {
    "announcement": _l("announcement"),
    "badge": _l("badge"),
    "body": _l("body"),
    "calendar_link": _l("calendar link"),
    "category": _l("category"),
    "comment": _l("comment"),
    "confirmation": _l("request to confirm"),
    "delegation": _l("delegation"),
    "document": _l("document"),
    "gate": _l("gate"),
    "input_call": _l("call for inputs"),
    "letter": _l("email"),
    "meeting": _l("meeting"),
    "message": _l("message"),
    "note": _l("note"),
    "paragraph": _l("paragraph"),
    "practice_card": _l("good practice card"),
    "reader": _l("reader of a draft"),
    "registration": _l("registration"),
    "release": _l("release of the agenda"),
    "remark": _l("remark of a reader"),
    "report": _l("report"),
    "revision": _l("revision of a note"),
    "room": _l("room"),
    "scan": _l("scan"),
    "session": _l("session"),
    "speaking_role": _l("role in a session"),
    "staff": _l("role at the meeting"),
    "statement": _l("statement"),
    "wording": _l("standard letter"),
    "written_input": _l("written input"),
}


@bp.get("/meetings/<slug>/manage/history")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Who did what, when, to which thing; the newest first."""
    page, count = request.args.get("page", 1, int), entries_count(meeting.id)
    pages = max(1, -(-count // A_PAGE))
    if not 1 <= page <= pages:
        abort(404)
    entries = entries_at(meeting.id, page=page, most=A_PAGE)
    return render_template(
        "home/history.html",
        meeting=meeting,
        entries=entries,
        number=page,
        pages=pages,
        count=count,
        things=THINGS,
        names=names_of(entries),
    )
