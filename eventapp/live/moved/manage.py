"""An organizer makes changes of time, room and state public at once: which, and whom they concern, comes first."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.planning.day import in_words
from eventapp.agenda.queries import newest_release
from eventapp.agenda.releases.live import Prepared
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt_apart
from eventapp.ground.web.forms import Form
from eventapp.live.checking.forms import NOBODY
from eventapp.live.late.at_once import at_once
from eventapp.live.models import LiveChange
from eventapp.live.moved.actions import publish_moves
from eventapp.live.moved.forms import MovesForm
from eventapp.live.moved.queries import moves_at, moves_since, pending_moves, seen_of
from eventapp.live.moved.taking_back import take_back_moves
from eventapp.live.telling.queries import how_many
from eventapp.live.undoing import UNDO_LASTS
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("moved", __name__, url_prefix="/meetings/<slug>/manage/agenda/at-once")

SHOWN_FOR = timedelta(hours=24)


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """What the draft has elsewhere than the public agenda, or off; with `?code=` that session is chosen."""
    return page(meeting, MovesForm(meeting, code=request.args.getlist("code")))


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Make what is chosen public."""
    form = MovesForm(meeting, request.form)

    def save(ready: Prepared | None) -> None:
        codes, seen = form.code.data or [], form.seen.data or ""
        tells = form.tell.data != NOBODY
        publish_moves(meeting, codes, by=current_person(), at=now(), seen=seen, has_letters=tells, ready=ready)

    if not form.validate():
        return page(meeting, form), 422
    attempt_apart(form, lambda: at_once(meeting, save))
    return (page(meeting, form), 409) if form.refused else redirect(url_for(".index", slug=meeting.slug), 303)


@bp.post("/<int:number>/undo")
@with_row(moves_at, may=run_meeting)
def take_back(change: LiveChange) -> ResponseReturnValue:
    """Let the sessions be where they were before."""
    form = Form()

    def act(ready: Prepared | None) -> None:
        take_back_moves(change, by=current_person(), at=now(), ready=ready)

    attempt_apart(form, lambda: at_once(change.meeting, act))
    if form.refused:
        flash(form.refusal, "stop")
    return redirect(url_for(".index", slug=change.meeting.slug), 303)


def page(meeting: Meeting, form: MovesForm) -> str:
    last = newest_release(meeting)
    pending = pending_moves(meeting, last.content) if last else []
    form.seen.data = seen_of(pending)
    return render_template(
        "live/moved.html",
        meeting=meeting,
        form=form,
        release=last,
        rows=[(one, in_words(meeting, [one.change])) for one in pending],
        changes=moves_since(meeting, now() - SHOWN_FOR),
        undo_until=now() - UNDO_LASTS,
        people=how_many([one.session for one in pending]) if pending else 0,
    )
