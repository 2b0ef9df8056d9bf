"""A session runs late: by how much, what that does to the day, one press, and the way back."""

from datetime import timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.agenda.queries import newest_release
from eventapp.floor.access import with_floor
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt_apart
from eventapp.live.late import words
from eventapp.live.late.at_once import let_run_late, take_back_late
from eventapp.live.late.choices import no_time
from eventapp.live.late.forms import CHOICE, STEPS, UNTIL, LateForm
from eventapp.live.late.queries import change_at, changes_since, lateness
from eventapp.live.telling.queries import how_many
from eventapp.live.undoing import UNDO_LASTS
from eventapp.people.current import current_person

bp = Blueprint("late", __name__, url_prefix="/meetings/<slug>/record/<code>/late")
SHOWN_FOR = timedelta(hours=16)


@bp.get("")
@with_floor
def show(session: Session) -> ResponseReturnValue:
    """What would happen to the day; nothing is changed yet. Without `by` in the address, the choice alone."""
    if not request.args.get("by"):
        return page(session, LateForm(session), sound=False)
    form = LateForm(session, request.args)
    sound = form.validate()
    return page(session, form, sound=sound), 200 if sound else 422


@bp.post("")
@with_floor
def create(session: Session) -> ResponseReturnValue:
    """Let it run late, as the preview showed."""
    form = LateForm(session, request.form)
    if not form.validate():
        return page(session, form, sound=False), 422
    press = form.press(request.form)
    attempt_apart(form, lambda: let_run_late(session, press, by=current_person(), at=now()))
    if form.refused:
        return page(session, form, sound=True), 409
    return redirect(url_for(".show", slug=session.meeting.slug, code=session.code), 303)


@bp.post("/<int(max=999999999):number>/undo")
@with_floor
def take_back(session: Session, number: int) -> ResponseReturnValue:
    """Let the day stand as it did before."""
    change = change_at(session.meeting, number) or abort(404)
    form = LateForm(session)
    attempt_apart(form, lambda: take_back_late(change, by=current_person(), at=now()))
    if form.refused:
        return page(session, form, sound=False), 409
    return redirect(url_for(".show", slug=session.meeting.slug, code=session.code), 303)


def page(session: Session, form: LateForm, *, sound: bool) -> str:
    at = now()
    late = None
    if sound and not session.cancelled_at:
        late = lateness(session, form.minutes, everywhere=form.everywhere, at=at)
        form.by.data, form.seen.data = str(form.minutes), late.seen
    return render_template(
        "live/late.html",
        meeting=session.meeting,
        session=session,
        form=form,
        late=late,
        words=words,
        missing=no_time(late.delay, late.minutes) if late and late.delay.missing else "",
        chosen={name.removeprefix(CHOICE): value for name, value in request.form.items() if name.startswith(CHOICE)},
        people=how_many([late.sessions[one.item.code] for one in late.delay.changed]) if late else 0,
        steps=STEPS,
        until=UNTIL,
        changes=changes_since(session.meeting, at - SHOWN_FOR),
        undo_until=at - UNDO_LASTS,
        release=newest_release(session.meeting),
        at=at,
    )
