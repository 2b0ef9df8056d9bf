"""The history of a note: every revision with what changed, back to any of them, and deciding between two texts."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import transaction
from eventapp.outcomes import queries
from eventapp.outcomes.actions import UNDO_LASTS, both, delete, record_beside, restore, settle, undo
from eventapp.outcomes.confirming import reply_with
from eventapp.outcomes.difference import changes, words_changed
from eventapp.outcomes.draft import draft_from, draft_of
from eventapp.outcomes.forms import MergeForm, refuse
from eventapp.outcomes.gate import corrigible, with_note
from eventapp.outcomes.models import KeptText, Note
from eventapp.outcomes.rules import record_session
from eventapp.people.current import current_person
from eventapp.refusal import Refused
from eventapp.text import figure
from eventapp.words import _

bp = Blueprint("revisions", __name__)
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
    return side_by_side(note, kept_at(note, kept_id))


@bp.post(f"{NOTE}/conflicts/<int(max=999999999):kept_id>")
@with_note(may=record_session)
def decide(note: Note, kept_id: int) -> ResponseReturnValue:
    """Choose one of two texts, make one of both, or keep both."""
    kept, person, at = kept_at(note, kept_id), current_person(), now()
    choice, form = request.form.get("choice", ""), MergeForm(request.form)
    if choice == "both" and not form.validate():
        return side_by_side(note, kept, form), 422
    text, remark = form.text.data or "", form.remark.data or ""
    try:
        with transaction():
            if choice in ("mine", "both"):
                corrigible(note, person)
            draft = {"mine": draft_from(kept.content), "both": both(kept, text), "theirs": None}.get(choice)
            if choice == "two":
                record_beside(kept, by=person, at=at)
            else:
                outcome = settle(kept, draft, base=figure(request.form.get("base")), by=person, at=at, remark=remark)
                kept = outcome if isinstance(outcome, KeptText) else kept
    except Refused as refused:
        status = refuse(form, refused)
        return side_by_side(note, kept, form), status
    if kept.settled_at is None:  # a third text came meanwhile
        return redirect(url_for("revisions.conflict", **where(note), number=note.number, kept_id=kept.id), 303)
    return redirect(url_for("outcomes.new", **where(note), _anchor=note.reference), 303)


def changed(note: Note, act: Any) -> ResponseReturnValue:
    person, at = current_person(), now()
    try:
        with transaction():
            outcome = act(person, at)
    except Refused as refused:
        return history(note, refusal=str(refused)), 409
    if isinstance(outcome, KeptText):
        return redirect(url_for("revisions.conflict", **where(note), number=note.number, kept_id=outcome.id), 303)
    return redirect(url_for("revisions.index", **where(note), number=note.number), 303)


def history(note: Note, refusal: str = "") -> str:
    revisions, person = queries.revisions_of(note), current_person()
    drafts = [draft_of(revision) for revision in revisions]
    steps = [
        (revision, changes(drafts[n - 1], drafts[n]) if n else []) for n, revision in enumerate(revisions)
    ]  # fmt: skip
    newest = revisions[-1]
    may_undo = person is not None and newest.by_id == person.id and now() - newest.at <= UNDO_LASTS
    return render_template(
        "outcomes/revisions.html",
        meeting=note.session.meeting,
        session=note.session,
        note=note,
        steps=steps[::-1],
        kept=[(one, draft_from(one.content)) for one in queries.texts_kept(note)],
        may_undo=may_undo and note.state != "published",
        refusal=refusal,
    )


def side_by_side(note: Note, kept: KeptText, form: MergeForm | None = None) -> str:
    theirs, mine = draft_of(note.current), draft_from(kept.content).tidy(note.session.rule)
    form = form or MergeForm(None)
    form.text.data = mine.text if form.text.data is None else form.text.data
    return render_template(
        "outcomes/conflict.html",
        meeting=note.session.meeting,
        session=note.session,
        note=note,
        kept=kept,
        proposal=reply_with(kept),
        theirs=theirs,
        mine=mine,
        runs=words_changed(theirs.text, mine.text),
        others=[change for change in changes(theirs, mine) if change.what != _("What was said")],
        form=form,
    )


def kept_at(note: Note, kept_id: int) -> KeptText:
    kept = queries.kept_text(note, kept_id)
    if kept is None:
        abort(404)
    return kept


def where(note: Note) -> dict[str, Any]:
    return {"slug": note.session.meeting.slug, "code": note.session.code}
