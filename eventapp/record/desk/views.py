"""What is being typed and not saved yet: kept while it grows, and found again on a page of its own."""

from datetime import datetime
from functools import partial
from typing import NamedTuple

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.drafts.actions import throw_away
from eventapp.drafts.models import Draft
from eventapp.drafts.protocol import answer, is_discarded, key_sent, sent
from eventapp.drafts.queries import mine
from eventapp.ground.clock import now
from eventapp.ground.db import lock
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.meetings.rules import record_meeting
from eventapp.people.access import with_person
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.people.rules import be_signed_in
from eventapp.record.capture.forms import NoteForm
from eventapp.record.drafts.actions import discard_typing, keep_typing, note_of, session_of, throw_text_away
from eventapp.record.drafts.queries import KINDS, PASSAGE, SUMMARY, text_of, texts_of
from eventapp.record.notes.access import with_note
from eventapp.record.notes.content import content_from
from eventapp.record.notes.models import Note
from eventapp.record.sessions.access import with_session
from eventapp.record.sessions.rules import record_session
from eventapp.record.sessions.speakers import speakers_of
from eventapp.record.summaries.content import summary_from

bp = Blueprint("drafts", __name__)


@bp.post("/meetings/<slug>/record/<code>/typing")
@with_session(may=record_session)
def typing(session: Session) -> ResponseReturnValue:
    """Keep what is being typed for a note, or discard it where it was emptied.

    X-Key is the key it is kept under, '' where it is not kept: it is a note already (X-Note), or decided elsewhere.
    """
    return keep_or_discard(session)


@bp.post("/meetings/<slug>/record/<code>/<int(max=99999):number>/typing")
@with_note(may=record_session)
def changing(note: Note) -> ResponseReturnValue:
    """Keep what a note is being changed into, in the same way."""
    return keep_or_discard(note.session, note)


def keep_or_discard(session: Session, note: Note | None = None) -> ResponseReturnValue:
    form, person, key = NoteForm(session, speakers_of(session), request.form), current_person(), key_sent()
    if person is None or not key or not (form.text.data or is_discarded()):
        abort(400)
    notes: list[Note] = []

    def keep(at: datetime) -> Draft | None:
        if is_discarded():
            return discard_typing(session, sent(), key=key, by=person, at=at, note=note)
        made = keep_typing(session, form.content(), sent(), key=key, by=person, at=at, note=note)
        notes.extend([made] if isinstance(made, Note) else [])
        return made if isinstance(made, Draft) else None

    response = make_response(answer(keep, session.meeting.tz))
    response.headers["X-Note"] = notes[0].reference if notes else ""
    return response


@bp.get("/account/texts")
@with_person(may=be_signed_in)
def texts(person: Person) -> ResponseReturnValue:
    """Every text of mine that is no note, wherever I wrote it, and whether or not I may still record there."""
    return found(person)


@bp.post("/account/texts")
@with_person(may=be_signed_in)
def throw(person: Person) -> ResponseReturnValue:
    """Throw an unfinished text away. What is not there, or not theirs, is away already."""
    number, form = figure(request.form.get("kept")), Form()
    draft = text_of(person, number)
    if draft is not None:
        attempt(form, lambda: throw_text_away(draft, by=person, at=now()))
    for other in mine(person, Draft.id == number, Draft.kind.not_in(KINDS)):  # typed in a report
        attempt(form, partial(discard_other, other))
    if form.refused:
        return found(person, form.refusal), 409
    return redirect(url_for("drafts.texts"), 303)


def discard_other(draft: Draft) -> None:
    lock(draft)
    throw_away(draft, at=now())


def found(person: Person, refusal: str = "") -> str:
    rows = [row_of(person, draft) for draft in texts_of(person)]
    return render_template(
        "record/texts.html",
        unfinished=[row for row in rows if row.draft.is_unfinished],
        aside=[row for row in rows if row.draft.is_second and row.draft.is_open],
        decided=[row for row in rows if not row.draft.is_open],
        refusal=refusal,
    )


class Row(NamedTuple):
    """A text, where it was written, and whether it may go back there."""

    draft: Draft
    session: Session
    note: Note | None
    words: str
    may_go_back: bool


def row_of(person: Person, draft: Draft) -> Row:
    """A text as the page shows it; inputs are read by who records the whole meeting."""
    session = session_of(draft)
    may = record_meeting(person, session.meeting) if draft.kind == PASSAGE else record_session(person, session)
    return Row(draft, session, note_of(draft), words_of(draft), may)


def words_of(draft: Draft) -> str:
    """What it says, to be read and copied; '' where it is off the record, which only the pages of its session show."""
    if draft.kind != SUMMARY:
        content = content_from(draft.content)
        return "" if content.off_record else content.text
    summary = summary_from(draft.content)
    parts = [*summary.key_issues, *(text for _role, text in summary.presentations)]
    return "\n\n".join(filter(None, [*parts, summary.discussion, summary.divergence, summary.way_forward]))
