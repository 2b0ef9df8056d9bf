"""What is being typed and not saved yet: kept while it grows, and found again on a page of its own."""

import re
from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.clock import now
from eventapp.db import transaction
from eventapp.meetings.rules import record_meeting
from eventapp.outcomes import queries
from eventapp.outcomes.draft import draft_from, draft_of
from eventapp.outcomes.forms import NoteForm
from eventapp.outcomes.gate import with_note, with_session
from eventapp.outcomes.models import KeptText, Note
from eventapp.outcomes.rules import record_session
from eventapp.outcomes.screen import time_on
from eventapp.outcomes.sheltering import PASSAGE, Change, Hold, keep_typing, throw_away
from eventapp.outcomes.summary import summary_from
from eventapp.outcomes.summed import SUMMARY, SUMMING
from eventapp.people.current import current_person
from eventapp.people.gate import with_person
from eventapp.people.models import Person
from eventapp.people.rules import be_signed_in
from eventapp.refusal import Refused
from eventapp.text import figure

bp = Blueprint("keeping", __name__)
KEY = 40  # a browser's key is at most so long


@bp.post("/meetings/<slug>/record/<code>/typing")
@with_session(may=record_session)
def typing(session: Session) -> ResponseReturnValue:
    """Keep what is being typed, on its way to a note. Answers with the time, for the line that says it is safe.

    X-Key is the key it is kept under, '' where it is not kept: it is a note already (X-Note), or decided elsewhere.
    """
    return sheltered(session)


@bp.post("/meetings/<slug>/record/<code>/<int(max=99999):number>/typing")
@with_note(may=record_session)
def changing(note: Note) -> ResponseReturnValue:
    """Keep what a note is being changed into, in the same way."""
    return sheltered(note.session, note)


def sheltered(session: Session, note: Note | None = None) -> Response:
    form, person, at = NoteForm(session, queries.speakers_of(session), request.form), current_person(), now()
    if person is None or not key_of(form) or not form.text.data:
        abort(400)
    mark, over, taken_back = (
        str(words or "")[:KEY] for words in (request.form.get("mark"), form.over.data, form.again.data)
    )
    hold = Hold(mark, over, "unchanged" in request.form, taken_back)
    change = Change(note, base_of(form)) if note else None
    with transaction():
        kept, same = keep_typing(session, form.draft(), key=key_of(form), by=person, at=at, hold=hold, change=change)
    answer = said_at(make_response("", 204), session, at)
    answer.headers["X-Key"] = told_key(kept)
    answer.headers["X-Note"] = same.reference if same else ""
    return answer


@bp.get("/account/texts")
@with_person(may=be_signed_in)
def texts(person: Person) -> ResponseReturnValue:
    """Every text of mine that is no note, wherever I wrote it, and whether or not I may still record there."""
    return found(person)


@bp.post("/account/texts")
@with_person(may=be_signed_in)
def throw(person: Person) -> ResponseReturnValue:
    """Throw an unfinished text away. What is not there, or not theirs, is away already."""
    kept = text_asked_for(person, request.form.get("kept", ""))
    try:
        with transaction():
            if kept is not None:
                throw_away(kept, by=person, at=now())
    except Refused as refused:
        return found(person, str(refused)), 409
    return redirect(url_for("keeping.texts"), 303)


def found(person: Person, refusal: str = "") -> str:
    rows = [Row(kept, words_of(kept), may_go_back(person, kept)) for kept in queries.texts_of(person)]
    return render_template(
        "outcomes/texts.html",
        unfinished=[row for row in rows if row.kept.is_unfinished],
        aside=[row for row in rows if not row.kept.is_unfinished and row.kept.settled_at is None],
        decided=[row for row in rows if row.kept.settled_at is not None],
        refusal=refusal,
    )


class Row(NamedTuple):
    """A text, and whether it may go back to where it was written."""

    kept: KeptText
    words: str
    may_go_back: bool


def may_go_back(person: Person, kept: KeptText) -> bool:
    """Whether this person may still open the page it was typed on; inputs are read by who records the whole meeting."""
    if kept.part == PASSAGE:
        return record_meeting(person, kept.session.meeting)
    return record_session(person, kept.session)


def words_of(kept: KeptText) -> str:
    """What it says, to be read and copied; '' where it is off the record, which only the pages of its session show."""
    if kept.part not in (SUMMARY, SUMMING):
        draft = draft_from(kept.content)
        return "" if draft.off_record else draft.text
    said = summary_from(kept.content)
    parts = [*said.key_issues, *(text for _role, text in said.presentations)]
    return "\n\n".join(filter(None, [*parts, said.discussion, said.divergence, said.way_forward]))


def text_asked_for(person: Person, number: str) -> KeptText | None:
    return queries.text_of(person, int(number)) if re.fullmatch("[0-9]{1,9}", number) else None


def unsaved_of(session: Session, person: Person | None) -> KeptText | None:
    """What this person was typing here: the one that is asked for, else the newest."""
    if person is None:
        return None
    kept = text_asked_for(person, request.args.get("kept", ""))
    is_a_note = kept is not None and kept.part in ("note", "change")  # and no summary, whose page is another one
    if kept is not None and is_a_note and kept.session_id == session.id and kept.is_unfinished:
        return kept
    return queries.being_typed(session, person)


def change_of(note: Note, person: Person | None) -> KeptText | None:
    """What this person was changing the note into, where it differs and nobody asked to start anew."""
    if person is None or "anew" in request.args:
        return None
    kept = queries.being_changed(note, person)
    is_other = kept is not None and draft_from(kept.content).tidy(note.session.rule) != draft_of(note.current)
    return kept if is_other else None


def said_at(answer: Response, session: Session, at: datetime) -> Response:
    answer.headers["X-Saved-At"] = time_on(at, session)
    return answer


def held(unsaved: KeptText) -> dict[str, str | None]:
    """What a window says of the text it goes on with."""
    base = {"base": str(unsaved.base)} if unsaved.base else {}
    return {"key": unsaved.client_key, "over": unsaved.mark, "again": unsaved.taken_back, **base}


def key_of(form: NoteForm) -> str:
    return str(form.key.data or "")[:KEY]


def told_key(kept: KeptText | None) -> str:
    """The key a text is kept under, as a header takes it; '' for one that no page of ours made."""
    key = (kept and kept.client_key) or ""
    return key if key.isascii() and key.isprintable() else ""


def base_of(form: NoteForm) -> int:
    """The revision the text was written from; what is no number is older than everything."""
    return figure(form.base.data)
