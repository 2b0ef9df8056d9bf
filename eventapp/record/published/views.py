"""What the world reads of a record: the outcomes of a meeting, and the notes of one session."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.ground.web.requests.shared_caches import same_for_visitors
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting
from eventapp.meetings.themes.queries import themes_of
from eventapp.record.extras.queries import translations_by_note
from eventapp.record.notes.filter import NoteFilter
from eventapp.record.published.queries import found_at, public_notes, released_names, shown_session
from eventapp.record.sessions.queries import record_of
from eventapp.record.summaries.actions import published_summary
from eventapp.record.summaries.attendance import Came

bp = Blueprint("published", __name__)


@bp.get("/meetings/<slug>/outcomes")
@with_meeting(may=see_meeting)
@same_for_visitors
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every published note of this meeting, by session; of a session no more than was released."""
    criteria = NoteFilter.of(request.args, themes_of(meeting))
    found = found_at(meeting, criteria, request.args.get("page"))
    return render_template(
        "record/published.html",
        meeting=meeting,
        groups=found.groups,
        criteria=criteria,
        total=found.total,
        translations=translations_by_note(note for group in found.groups for note in group.notes),
        listing=found.page,
    )


@bp.get("/meetings/<slug>/sessions/<code>/notes")
@with_meeting(may=see_meeting)
@same_for_visitors
def notes(meeting: Meeting, code: str) -> ResponseReturnValue:
    """The published notes of one session as it was released, with its summary once that is approved."""
    shown = shown_session(meeting, code) or abort(404)
    found = public_notes(shown.row)
    record = record_of(shown.row)
    return render_template(
        "record/notes.html",
        meeting=meeting,
        session=shown.released,
        notes=found,
        translations=translations_by_note(found),
        session_summary=published_summary(shown.row),
        names=released_names(shown),
        came=Came.of(record.attendance if record else None, meeting),
    )
