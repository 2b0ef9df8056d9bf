"""What is being typed and not saved yet: kept while it grows, for the line that says it is safe."""

from datetime import datetime

from flask import Blueprint, Response, abort, make_response, request
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.clock import now
from eventapp.db import transaction
from eventapp.outcomes import queries
from eventapp.outcomes.forms import NoteForm
from eventapp.outcomes.gate import with_session
from eventapp.outcomes.models import KeptText
from eventapp.outcomes.rules import record_session
from eventapp.outcomes.screen import time_on
from eventapp.outcomes.sheltering import Hold, keep_typing
from eventapp.people.current import current_person

bp = Blueprint("keeping", __name__)
KEY = 40  # a browser's key is at most so long


@bp.post("/meetings/<slug>/record/<code>/typing")
@with_session(may=record_session)
def typing(session: Session) -> ResponseReturnValue:
    """Keep what is being typed, on its way to a note. Answers with the time, for the line that says it is safe.

    X-Key is the key it is kept under, '' where it is not kept: it is a note already (X-Note), or decided elsewhere.
    """
    form, person, at = NoteForm(session, queries.speakers_of(session), request.form), current_person(), now()
    if person is None or not key_of(form) or not form.text.data:
        abort(400)
    hold = Hold(request.form.get("mark", "")[:KEY], str(form.over.data or "")[:KEY], "unchanged" in request.form)
    with transaction():
        kept, note = keep_typing(session, form.draft(), key=key_of(form), by=person, at=at, hold=hold)
    answer = said_at(make_response("", 204), session, at)
    answer.headers["X-Key"] = (kept and kept.client_key) or ""
    answer.headers["X-Note"] = note.reference if note else ""
    return answer


def said_at(answer: Response, session: Session, at: datetime) -> Response:
    answer.headers["X-Saved-At"] = time_on(at, session)
    return answer


def held(unsaved: KeptText) -> dict[str, str | None]:
    """What a window says of the text it goes on with."""
    return {"key": unsaved.client_key, "over": unsaved.mark}


def key_of(form: NoteForm) -> str:
    return str(form.key.data or "")[:KEY]
