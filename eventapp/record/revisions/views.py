"""The history of a note: every revision with what changed, back to any of them, and deciding between two texts."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.drafts.models import Draft
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.meetings.themes.queries import themes_of
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.record.confirmations.queries import reply_with
from eventapp.record.drafts.queries import second_text, second_texts
from eventapp.record.notes import queries
from eventapp.record.notes.access import corrigible, where_note, with_note
from eventapp.record.notes.content import content_from, content_of
from eventapp.record.notes.difference import changes, words_changed
from eventapp.record.notes.models import Note
from eventapp.record.revisions.conflicts import both, record_beside, settle
from eventapp.record.revisions.forms import MergeForm
from eventapp.record.revisions.history import UNDO_LASTS, delete, restore, undo
from eventapp.record.sessions.access import session_page, where
from eventapp.record.sessions.rules import record_session

bp = Blueprint("notes", __name__)
NOTE = "/meetings/<slug>/record/<code>/<int(max=99999):number>"


@bp.get(f"{NOTE}/revisions")
@with_note(may=record_session)
def index(note: Note) -> ResponseReturnValue:
    """Everything this note ever said, the newest first."""
    return history(note)


@bp.post(f"{NOTE}/restore")
@with_note(may=record_session)
def again(note: Note) -> ResponseReturnValue:
    """Let the note say what it said before."""
    number, base = figure(request.form.get("revision")), figure(request.form.get("base"))
    return changed(note, lambda by, at: restore(note, number, base=base, by=by, at=at))


@bp.post(f"{NOTE}/deletion")
@with_note(may=record_session)
def remove(note: Note) -> ResponseReturnValue:
    """Take the note out of the record."""
    return changed(note, lambda by, at: delete(note, base=figure(request.form.get("base")), by=by, at=at))


@bp.post(f"{NOTE}/undo")
@with_note(may=record_session)
def take_back(note: Note) -> ResponseReturnValue:
    """Take back the last change."""
    return changed(note, lambda by, at: undo(note, by=by, at=at))


@bp.get(f"{NOTE}/conflicts/<int(max=999999999):kept_id>")
@with_note(may=record_session)
def conflict(note: Note, kept_id: int) -> ResponseReturnValue:
    """Two texts side by side, with their differences."""
    return side_by_side(note, second_text_at(note, kept_id))


@bp.post(f"{NOTE}/conflicts/<int(max=999999999):kept_id>")
@with_note(may=record_session)
def decide(note: Note, kept_id: int) -> ResponseReturnValue:
    """Choose one of two texts, make one of both, or keep both."""
    draft, person, at = second_text_at(note, kept_id), current_person(), now()
    choice, form = request.form.get("choice", ""), MergeForm(request.form)
    if choice == "both" and not form.validate():
        return side_by_side(note, draft, form), 422
    text, remark, base = form.text.data or "", form.remark.data or "", figure(request.form.get("base"))

    def act() -> Draft | None:
        """Returns a text that came third meanwhile."""
        if choice in ("mine", "both"):
            corrigible(note, person)
        if choice == "two":
            record_beside(draft, by=person, at=at)
            return None
        content = {"mine": content_from(draft.content), "both": both(draft, text)}.get(choice)
        outcome = settle(draft, content, base=base, by=person, at=at, remark=remark)
        return outcome if isinstance(outcome, Draft) else None

    third = attempt(form, act)
    if form.refused:
        return side_by_side(note, draft, form), form.status
    if third is not None:
        return redirect(url_for("notes.conflict", **where_note(note), kept_id=third.id), 303)
    return redirect(url_for("capture.new", **where(note.session), _anchor=note.reference), 303)


def changed(note: Note, act: Callable[[Person | None, datetime], object]) -> ResponseReturnValue:
    form, person, at = Form(), current_person(), now()
    outcome = attempt(form, lambda: act(person, at))
    if form.refused:
        return history(note, refusal=form.refusal), 409
    if isinstance(outcome, Draft):
        return redirect(url_for("notes.conflict", **where_note(note), kept_id=outcome.id), 303)
    return redirect(url_for("notes.index", **where_note(note)), 303)


def history(note: Note, refusal: str = "") -> str:
    revisions, person = queries.revisions_of(note), current_person()
    themes = themes_of(note.session.meeting)
    drafts = [content_of(revision) for revision in revisions]
    steps = [(revision, changes(drafts[n - 1], drafts[n], themes) if n else []) for n, revision in enumerate(revisions)]
    newest = revisions[-1]
    may_undo = person is not None and newest.by_id == person.id and now() - newest.at <= UNDO_LASTS
    return session_page(
        "record/revisions.html",
        note.session,
        note=note,
        steps=steps[::-1],
        kept=[(one, content_from(one.content)) for one in second_texts(note)],
        may_undo=may_undo and note.state != "published",
        refusal=refusal,
    )


def side_by_side(note: Note, draft: Draft, form: MergeForm | None = None) -> str:
    theirs, mine = content_of(note.current), content_from(draft.content).tidy(note.session)
    form = form or MergeForm(None)
    form.text.data = mine.text if form.text.data is None else form.text.data
    return session_page(
        "record/conflict.html",
        note.session,
        note=note,
        kept=draft,
        proposal=reply_with(draft),
        theirs=theirs,
        mine=mine,
        runs=words_changed(theirs.text, mine.text),
        others=[
            one for one in changes(theirs, mine, themes_of(note.session.meeting)) if one.what != _("What was said")
        ],
        form=form,
    )


def second_text_at(note: Note, draft_id: int) -> Draft:
    draft = second_text(note, draft_id)
    if draft is None:
        abort(404)
    return draft
