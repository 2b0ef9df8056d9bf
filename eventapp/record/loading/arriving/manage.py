"""A file of notes: how far the worker is, what would come in, every fault, the button, and what came in."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.ground.web.downloads import download
from eventapp.meetings.access import with_row
from eventapp.meetings.rules import record_meeting
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.people.rules import administer
from eventapp.record.loading.arriving import actions
from eventapp.record.loading.arriving.models import NotesImport
from eventapp.record.loading.arriving.queries import faults_of, faults_page, notes_import, preview_of
from eventapp.record.loading.arriving.working import SHOWN
from eventapp.record.loading.forms import StateForm
from eventapp.record.loading.queries import CHANGED, NEW, SAME
from eventapp.registration.lists.sheets import csv_of

bp = Blueprint("notes_imports", __name__, url_prefix="/meetings/<slug>/manage/outcomes/file/<int:number>")


@bp.get("")
@with_row(notes_import, may=record_meeting)
def show(one: NotesImport) -> ResponseReturnValue:
    """How it stands: how far the worker is, what would come in or every fault, what came in."""
    return page(one, StateForm(may_approve=administer(current_person())))


@bp.post("/load")
@with_row(notes_import, may=record_meeting)
def load(one: NotesImport) -> ResponseReturnValue:
    """Let in what was shown; of what was stopped or failed, the rest."""
    form, by = StateForm(request.form, may_approve=administer(current_person())), me()
    if one.is_checked and not form.validate():
        return page(one, form), 422
    state = form.state.data if one.is_checked else one.comes_as
    attempt(form, lambda: actions.load(one, state, by=by, at=now()))
    return (page(one, form), 409) if form.refused else to(one)


@bp.post("/again")
@with_row(notes_import, may=record_meeting)
def check_again(one: NotesImport) -> ResponseReturnValue:
    """Check it anew, as when the meeting has a session by now that it lacked."""
    return done(one, lambda: actions.check_again(one, at=now()))


@bp.post("/stop")
@with_row(notes_import, may=record_meeting)
def stop(one: NotesImport) -> ResponseReturnValue:
    """Stop what the worker does; notes that came in stay."""
    by = me()
    return done(one, lambda: actions.stop(one, by=by, at=now()))


@bp.get("/faults.csv")
@with_row(notes_import, may=record_meeting)
def faults(one: NotesImport) -> ResponseReturnValue:
    """Every fault as CSV: to put the file right by."""
    lines = [[str(row.line), row.sentence] for row in db.session.scalars(faults_of(one))]
    name = f"{one.meeting.slug}-notes-{one.id}-faults.csv"
    return download(name, "text/csv", csv_of([_("Line"), _("What to do")], lines))


def me() -> Person:
    """Who asks."""
    return current_person() or abort(404)  # the rule has let somebody in


def done(one: NotesImport, act: Callable[[], None]) -> ResponseReturnValue:
    if refusal := refusal_from(act):
        flash(refusal, "stop")
    return to(one)


def to(one: NotesImport) -> ResponseReturnValue:
    return redirect(url_for(".show", slug=one.meeting.slug, number=one.id), 303)


def page(one: NotesImport, form: StateForm) -> str:
    return render_template(
        "record/notes_import.html",
        meeting=one.meeting,
        one=one,
        form=form,
        listed=faults_page(one, request.args.get("page")),
        preview=preview_of(one) if one.is_checked else (),
        shown=SHOWN,
        becomes={NEW: _("New"), CHANGED: _("Changed"), SAME: _("As before")},
    )
