"""The settings page of what becomes of a meeting: published, taken back, closed, archived, moved, deleted."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.lifecycle.actions import archive, close, is_empty, registered_at, remove, unpublish
from eventapp.desk.lifecycle.forms import WebAddressForm
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting
from eventapp.meetings.actions import publish
from eventapp.meetings.lifecycle import move_to, reopen
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.people.models import Person

bp = Blueprint("lifecycle", __name__, url_prefix="/meetings/<slug>/manage/settings/publication")


class Step(Protocol):
    """One step in the life of a meeting."""

    def __call__(self, meeting: Meeting, *, by: Person, at: datetime) -> None: ...


STEPS: dict[str, Step] = {
    "publish": publish,
    "unpublish": unpublish,
    "close": close,
    "reopen": reopen,
    "archive": archive,
}


@bp.get("")
@with_meeting(may=run_meeting)
def show(meeting: Meeting) -> ResponseReturnValue:
    """Where the meeting stands, and what may become of it."""
    return page(meeting)


@bp.post("")
@with_meeting(may=run_meeting, even_closed=True)
def update(meeting: Meeting) -> ResponseReturnValue:
    """Take the step that `step` names."""
    step = STEPS.get(request.form.get("step", "")) or abort(400)
    return done(meeting, lambda: step(meeting, by=me(), at=now()))


@bp.post("/address")
@with_meeting(may=run_meeting)
def move(meeting: Meeting) -> ResponseReturnValue:
    """Give the meeting another address; the answer leads there."""
    form = WebAddressForm(request.form)
    if not form.validate():
        return page(meeting, form), 422
    attempt(form, lambda: move_to(meeting, form.slug.data, by=me(), at=now()))
    return (page(meeting, form), 409) if form.refused else back(form.slug.data)


@bp.get("/deletion")
@with_meeting(may=run_meeting)
def deletion(meeting: Meeting) -> ResponseReturnValue:
    """The question before a meeting is deleted."""
    return render_template("desk/settings/deletion.html", meeting=meeting, is_empty=is_empty(meeting), form=None)


@bp.post("/deletion")
@with_meeting(may=run_meeting, even_closed=True)
def delete(meeting: Meeting) -> ResponseReturnValue:
    form = Form()
    attempt(form, lambda: remove(meeting, by=me(), at=now()))
    if form.refused:
        return render_template("desk/settings/deletion.html", meeting=meeting, is_empty=False, form=form), 409
    return redirect(url_for("home.index"), 303)


def done(meeting: Meeting, act: Callable[[], object]) -> ResponseReturnValue:
    """Do what a button says and come back, or show why it could not be done."""
    form, slug = Form(), meeting.slug
    attempt(form, act)
    return (page(meeting, form), 409) if form.refused else back(slug)


def page(meeting: Meeting, form: Form | None = None) -> str:
    return render_template(
        "desk/settings/publication.html",
        meeting=meeting,
        form=form,
        address=form if isinstance(form, WebAddressForm) else WebAddressForm(obj=meeting),
        is_empty=is_empty(meeting),
        registered=registered_at(meeting),
    )


def back(slug: str) -> ResponseReturnValue:
    return redirect(url_for(".show", slug=slug), 303)


def me() -> Person:
    return current_person() or abort(404)
