"""An organizer swaps two sessions: what that does and who hears of it is shown first, and a reason may be given."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.manage import session_of, to_day
from eventapp.agenda.models import Session
from eventapp.agenda.queries import parts_in
from eventapp.agenda.swapping.actions import state_of, swap
from eventapp.agenda.swapping.forms import SwapForm
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("agenda_swapping", __name__, url_prefix="/meetings/<slug>/manage/agenda/sessions/<code>/swap")


@bp.get("")
@with_meeting(may=run_meeting)
def show(meeting: Meeting, code: str) -> ResponseReturnValue:
    """Which sessions this one may be swapped with; with `?other=`, what the swap would do and whom it concerns."""
    session = session_of(meeting, code)
    if session.cancelled_at:
        return redirect(url_for("agenda_manage.edit", slug=meeting.slug, code=code), 303)
    form = SwapForm(request.args, session=session)
    status = 200
    if "other" in request.args and form.chosen is None:
        form.validate()
        status = 422
    return page(meeting, session, form), status


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting, code: str) -> ResponseReturnValue:
    """Swap them."""
    session = session_of(meeting, code)
    form = SwapForm(request.form, session=session)
    if not form.validate() or form.chosen is None:
        return page(meeting, session, form), 422
    other, reason = form.chosen, form.reason.data or ""
    attempt(form, lambda: swap(session, other, by=current_person(), at=now(), reason=reason, seen=form.seen.data or ""))
    if form.refused:
        return page(meeting, session, form), 409
    return to_day(meeting, session_of(meeting, code))


def page(meeting: Meeting, session: Session, form: SwapForm) -> str:
    other = form.chosen
    people = [one for each in (session, other) if each for one in parts_in(each) if one.holds]
    form.seen.data = state_of(session, other) if other else ""
    return render_template("agenda/swap.html", meeting=meeting, session=session, other=other, form=form, people=people)
