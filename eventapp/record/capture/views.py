"""The capture screen, and the page of one note."""

import json
from datetime import datetime
from typing import TypedDict

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from eventapp.agenda.models import Session
from eventapp.drafts.models import LONGEST_KEY, Draft
from eventapp.drafts.protocol import held, key_sent, saved_at
from eventapp.ground.clock import now
from eventapp.ground.security.tokens import secret
from eventapp.ground.text.i18n import ngettext
from eventapp.ground.text.policy import figure
from eventapp.ground.web.access import for_anyone
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.errors import answer
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.presence import protocol
from eventapp.record.capture.forms import NoteForm, typed
from eventapp.record.capture.queries import mark_of, writing_in
from eventapp.record.capture.screen import Screen, on_the_clock
from eventapp.record.drafts.actions import note_of, session_of
from eventapp.record.drafts.queries import (
    CHANGE,
    NEW,
    being_changed,
    being_typed,
    conflicts_of,
    left_behind,
    unfinished,
)
from eventapp.record.notes import queries
from eventapp.record.notes.access import corrigible, with_note
from eventapp.record.notes.content import content_from, content_of
from eventapp.record.notes.models import Note, Revision
from eventapp.record.notes.statements import preset, statement_behind
from eventapp.record.reading.browser import for_browsers
from eventapp.record.revisions.actions import record_again, record_note, revise
from eventapp.record.sessions.access import given_back, has_text, session_page, where, with_session
from eventapp.record.sessions.rules import correct_published, record_session
from eventapp.record.sessions.speakers import speakers_of
from eventapp.record.suggestions.suggest import shipped

FETCHED = "X-Fetched-By"
KIND = "session"  # of Presence

bp = Blueprint("capture", __name__)


class Listed(TypedDict):
    """What the list of the notes is drawn of; `mark` is read first, so that it never is newer than they are."""

    mark: str
    notes: list[Note]
    notes_heading: str


@bp.errorhandler(CSRFError)
def stale(error: CSRFError) -> ResponseReturnValue:
    """A form that was open while somebody signed in again: the text is given back, to be sent once more."""
    return given_back(current_person(), stale=True) if has_text() else answer(error)


@bp.get("/meetings/<slug>/record/<code>")
@with_session(may=record_session)
def new(session: Session) -> ResponseReturnValue:
    """The capture screen, with what was being typed here before."""
    speakers = speakers_of(session)
    unsaved = unsaved_of(session)
    wanted = {"role": request.args.get("speaker", ""), "turn": request.args.get("statement", "")}
    before = typed(content_from(unsaved.content)) if unsaved else preset(session, speakers, **wanted)
    form = NoteForm(session, speakers, data={**before, **(held(unsaved) if unsaved else {"key": secret()})})
    return capture(session, form, unsaved)


@bp.get("/meetings/<slug>/record/<code>/list")
@with_session(may=record_session)
def listed(session: Session) -> ResponseReturnValue:
    """The notes as they stand now, for the script that learned that they are others."""
    if FETCHED not in request.headers:
        return redirect(url_for("capture.new", **where(session)))
    return session_page("record/_list.html", session, **as_listed(session))


@bp.get("/meetings/<slug>/record/<code>/presence")
@with_session(may=record_session)
def present(session: Session) -> ResponseReturnValue:
    """Who else has the screen of this session open or writes in it; `mark` is another once its notes are."""
    return protocol.others_here(KIND, session.id, mark=mark_of(session), typing=writing_in(session, now()))


@bp.post("/meetings/<slug>/record/<code>/presence")
@with_session(may=record_session)
def arriving(session: Session) -> ResponseReturnValue:
    """Say that one has the screen of this session open."""
    return protocol.arriving(KIND, session.id)


@bp.post("/meetings/<slug>/record/<code>")
@with_session(may=record_session)
def create(session: Session) -> ResponseReturnValue:
    """Save a note and be ready for the next."""
    form, person, at = NoteForm(session, speakers_of(session), request.form), current_person(), now()
    form.understand()
    if form.suggest(request.form.get("suggest", "")):
        return capture(session, form)
    if not form.validate():
        return capture(session, form), 422
    note = attempt(form, lambda: written(session, form, person, at))
    if note is None:
        return capture(session, form), 409
    if isinstance(note, Draft):
        return two_texts(note)
    if FETCHED in request.headers:
        return saved(note, at)
    return redirect(url_for("capture.new", **where(session)), 303)


@bp.get("/meetings/<slug>/record/<code>/<int(max=99999):number>")
@with_note(may=record_session)
def edit(note: Note) -> ResponseReturnValue:
    """One note, to change it; with what was being made of it before, unless somebody wants to start from the note."""
    unsaved = change_of(note)
    fresh = {"key": secret(), "base": str(note.head)}
    data = {**typed(content_from(unsaved.content)), **fresh, **held(unsaved)} if unsaved else None
    form = NoteForm(note.session, speakers_of(note.session), data=data or {**typed(content_of(note.current)), **fresh})
    return editing(note, form, unsaved)


@bp.post("/meetings/<slug>/record/<code>/<int(max=99999):number>")
@with_note(may=record_session)
def update(note: Note) -> ResponseReturnValue:
    """Save the change, or show both texts where somebody else was faster."""
    form, person = NoteForm(note.session, speakers_of(note.session), request.form), current_person()
    if form.suggest(request.form.get("suggest", "")):
        return editing(note, form)
    if not form.validate():
        return editing(note, form), 422
    base, remark = figure(form.base.data), form.remark.data or ""

    def act() -> Revision | Draft:
        corrigible(note, person)
        return revise(note, form.content(), base=base, by=person, at=now(), key=key_sent(), remark=remark)

    outcome = attempt(form, act)
    if outcome is None:
        return editing(note, form), form.status
    if isinstance(outcome, Draft):
        return two_texts(outcome)
    if request.args.get("back") == "submission":  # it was missing there
        return redirect(url_for("clearing.show", **where(note.session)), 303)
    return redirect(url_for("capture.new", **where(note.session), _anchor=note.reference), 303)


def unsaved_of(session: Session) -> Draft | None:
    """What this person was typing here: the one that is asked for, else the newest. A summary has a page of its own."""
    person, number = current_person(), figure(request.args.get("kept"))
    if person is None:
        return None
    return unfinished(session, person, number, NEW, CHANGE) or being_typed(session, person)


def change_of(note: Note) -> Draft | None:
    """What this person was changing the note into, where nobody asked to start anew."""
    person = current_person()
    return being_changed(note, person) if person and "anew" not in request.args else None


def two_texts(draft: Draft) -> ResponseReturnValue:
    """To where somebody decides between two texts of one note."""
    session, note = session_of(draft), note_of(draft)
    number = note.number if note else 0
    return redirect(url_for("notes.conflict", **where(session), number=number, kept_id=draft.id), 303)


def written(session: Session, form: NoteForm, by: Person | None, at: datetime) -> Note | Draft:
    """The note that the form makes; what was taken back while it was on its way may be one already."""
    content, key, taken_back = form.content(), key_sent(), str(form.again.data or "")[:LONGEST_KEY]
    statement = statement_behind(session, content, form.statement.data or "")
    if taken_back:
        return record_again(session, content, taken_back=taken_back, by=by, at=at, key=key, statement=statement)
    return record_note(session, content, by=by, at=at, key=key, statement=statement)


@bp.get("/outcomes/words.json")
@for_anyone
def suggesting() -> ResponseReturnValue:
    """What the page reads words with that suggests without a network: tags, dates, figures, languages."""
    said = {**json.loads(shipped()), "reading": for_browsers()}
    answer = make_response(json.dumps(said))  # in this order: that of the tags decides between equals
    answer.mimetype = "application/json"
    answer.cache_control.public, answer.cache_control.max_age = True, 24 * 60 * 60
    return answer


def capture(session: Session, form: NoteForm, unsaved: Draft | None = None) -> str:
    person, shown = current_person(), as_listed(session)
    screen = Screen(session, form.action_lines.data or (), now(), form.goals.data or ())
    mine = [note.current.at for note in shown["notes"] if person and note.current.by_id == person.id]
    return session_page(
        "record/new.html",
        session,
        form=form,
        screen=screen,
        **shown,
        safe=on_the_clock(unsaved.updated_at, session) if unsaved else "",
        saved=on_the_clock(max(mine), session) if mine else "",
        deleted=queries.deleted_notes_of(session),
        conflicts=conflicts_of(session),
        asked="kept" in request.args,
        left_behind=[(one, content_from(one.content)) for one in left_behind(session)],
    )


def editing(note: Note, form: NoteForm, unsaved: Draft | None = None) -> str:
    screen = Screen(note.session, form.action_lines.data or (), now(), form.goals.data or ())
    return session_page(
        "record/edit.html",
        note.session,
        note=note,
        form=form,
        screen=screen,
        corrects=correct_published(current_person(), note.session),
        unsaved=unsaved,
        anew="anew" in request.args,
    )


def saved(note: Note, at: datetime) -> Response:
    """The note as it stands in the list, for the module that sent it."""
    session = note.session
    heading = notes_heading(queries.number_of_notes(session))
    page = render_template("record/_kept.html", note=note, meeting=session.meeting, session=session, heading=heading)
    return saved_at(make_response(page, 201), at, session.meeting.tz)


def as_listed(session: Session) -> Listed:
    mark, notes = mark_of(session), queries.notes_of(session)
    return {"mark": mark, "notes": notes, "notes_heading": notes_heading(len(notes))}


def notes_heading(count: int) -> str:
    return ngettext("%(num)s note in this session", "%(num)s notes in this session", count)
