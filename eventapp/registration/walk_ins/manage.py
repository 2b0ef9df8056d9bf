"""Somebody at the counter, added with a place at once."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.security.tokens import secret
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import chosen_language
from eventapp.ground.web.attempt import attempt
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import keep_door, run_meeting
from eventapp.people.current import current_person
from eventapp.registration.answers.queries import full_choices
from eventapp.registration.forms.organizations import KNOWN
from eventapp.registration.manage import bp, me
from eventapp.registration.queries import places_left, registration_by_number
from eventapp.registration.views import checked, files_of, hold
from eventapp.registration.walk_ins.actions import add_walk_in
from eventapp.registration.walk_ins.forms import CounterForm


@bp.get("/new")
@with_meeting(may=keep_door)
def new(meeting: Meeting) -> ResponseReturnValue:
    """Their category first, then its fields."""
    form = CounterForm(None, meeting=meeting, key=secret(), category=request.args.get("category", ""))
    if form.chosen is None and request.args.keys() & {"category", "next"}:
        form.category.errors = [str(form.SAYS["category"])]
        return counter(meeting, form, first=True), 422
    return counter(meeting, form, first=form.chosen is None)


@bp.post("/new")
@with_meeting(may=keep_door)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Somebody at the counter, with a place at once."""
    form = CounterForm(request.form, meeting=meeting)
    if form.asks_again:
        hold(form, files_of(form))
        return counter(meeting, form)
    sound, uploads = checked(form)
    if not sound:
        hold(form, uploads)
        return counter(meeting, form), 422

    def act() -> tuple[str, str]:
        one = add_walk_in(
            meeting,
            form.application(),
            key=form.key.data or secret(),
            by=me(),
            at=now(),
            language=chosen_language(),
            files=uploads,
            despite=form.despite.data or "",
        )
        return one.record_name, one.reference

    added = attempt(form, act)
    if added is None:
        hold(form, uploads)
        return counter(meeting, form), 409
    name, reference = added
    flash(_("%(name)s has a place as %(number)s.", name=name, number=reference), "ok")
    return redirect(url_for(".new", slug=meeting.slug, added=reference), 303)


def counter(meeting: Meeting, form: CounterForm, *, first: bool = False) -> str:
    left = places_left(meeting)
    runs = run_meeting(current_person(), meeting)
    added = registration_by_number(meeting, request.args.get("added", ""))
    page = {"form": form, "first": first, "organizations": KNOWN, "left": left, "runs": runs, "added": added}
    full = full_choices(meeting) if form.own.has_places else {}
    return render_template("registration/counter.html", meeting=meeting, full=lambda: full, **page)
