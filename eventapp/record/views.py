"""The first page of the record: my sessions; and what its templates ask of a note."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
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
from eventapp.record.sessions.queries import sessions_recorded
from eventapp.record.sessions.rules import record_sessions

bp = Blueprint("record", __name__)


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
    person = current_person()
    sessions = [*sessions_recorded(meeting), *queries.noted_though_cancelled(meeting)]
    rows = progress_of_sessions(meeting, sessions, at=now())
    mine = [row for row in rows if any(role.person_id == person.id for role in row.rapporteurs)] if person else []
    others = [row for row in rows if row not in mine] if record_meeting(person, meeting) else []
    return render_template(
        "record/index.html", meeting=meeting, mine=mine, others=others, runs=run_meeting(person, meeting)
    )
