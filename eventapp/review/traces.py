"""From a note to the reports that use it, and what became of the notes of a session."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.outcomes.gate import with_session
from eventapp.outcomes.models import Note
from eventapp.outcomes.queries import notes_of
from eventapp.outcomes.rules import record_session
from eventapp.review.queries import is_on_record
from eventapp.review.uses import Used, uses_of

bp = Blueprint("review_traces", __name__)


@bp.app_context_processor
def words() -> dict[str, Any]:
    """What the page of a note asks: where it is used."""
    return {"used_in_reports": used_in_reports, "is_on_record": is_on_record}


@bp.get("/meetings/<slug>/record/<code>/uses")
@with_session(may=record_session)
def session(session: Session) -> ResponseReturnValue:
    """What became of the session: each of its notes, and the paragraphs of the reports that rest on it."""
    notes = notes_of(session)[::-1]
    return render_template(
        "review/session.html", meeting=session.meeting, session=session, notes=notes, used=uses_of(notes)
    )


def used_in_reports(note: Note) -> Used:
    return uses_of([note])[note.id]
