"""The first page of the record: my sessions; and what its templates ask of a note."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.web.paging import page_of
from eventapp.meetings.access import with_meeting
from eventapp.meetings.kinds.queries import kinds_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting, run_meeting
from eventapp.people.current import current_person
from eventapp.record.drafts.actions import note_of
from eventapp.record.notes import queries
from eventapp.record.notes.labels import (
    act_label,
    goal_pairs,
    has_promise,
    has_unsourced,
    kind_label,
    line_pairs,
    mark_of,
    origin_of,
    public_line,
    role_label,
    source_line,
)
from eventapp.record.progress import progress_of_sessions
from eventapp.record.sessions.queries import codes_held_by, codes_recorded, sessions_with
from eventapp.record.sessions.rules import record_sessions

bp = Blueprint("record", __name__)

A_PAGE = 50  # sessions


@bp.app_context_processor
def words() -> dict[str, object]:
    """What the templates of this feature ask of a note."""
    return {
        "mark_of": mark_of,
        "note_of": note_of,
        "origin_of": origin_of,
        "act_label": act_label,
        "role_label": role_label,
        "kind_label": kind_label,
        "kinds_of": kinds_of,
        "source_line": source_line,
        "public_line": public_line,
        "line_pairs": line_pairs,
        "goal_pairs": goal_pairs,
        "has_unsourced": has_unsourced,
        "has_promise": has_promise,
    }


@bp.get("/meetings/<slug>/record", strict_slashes=False)
@with_meeting(may=record_sessions)
def index(meeting: Meeting) -> ResponseReturnValue:
    """My sessions, each with a light and its counts; all the others for who records the whole meeting."""
    person, at = current_person(), now()
    codes = [*codes_recorded(meeting), *(one.code for one in queries.noted_though_cancelled(meeting))]
    own = set(codes_held_by(person, meeting)) if person else set[str]()
    mine = [code for code in codes if code in own]
    others = [code for code in codes if code not in own] if record_meeting(person, meeting) else []
    listing = page_of(others, request.args.get("page"), most=A_PAGE)
    return render_template(
        "record/index.html",
        meeting=meeting,
        mine=progress_of_sessions(meeting, sessions_with(meeting, mine), at=at),
        listing=listing,
        others=progress_of_sessions(meeting, sessions_with(meeting, listing.rows), at=at),
        runs=run_meeting(person, meeting),
    )
