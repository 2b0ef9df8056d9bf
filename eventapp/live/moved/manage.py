"""An organizer makes changes of time, room and state public at once: which, and whom they concern, comes first."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.planning.day import in_words
from eventapp.agenda.queries import newest_release
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import answered
from eventapp.live.moved.actions import publish_moves
from eventapp.live.moved.forms import NOBODY, MovesForm
from eventapp.live.moved.queries import pending_moves, seen_of
from eventapp.live.telling.queries import how_many
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("moved", __name__, url_prefix="/meetings/<slug>/manage/agenda/at-once")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """What the draft has elsewhere than the public agenda, or off; with `?code=` that session is chosen."""
    return page(meeting, MovesForm(code=request.args.getlist("code")))


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Make what is chosen public."""
    form = MovesForm(request.form)

    def save() -> None:
        codes, seen = form.code.data or [], form.seen.data or ""
        tells = form.tell.data != NOBODY
        publish_moves(meeting, codes, by=current_person(), at=now(), seen=seen, has_letters=tells)

    def again(status: int) -> ResponseReturnValue:
        return page(meeting, form), status

    return answered(form, save, again, url_for(".index", slug=meeting.slug))


def page(meeting: Meeting, form: MovesForm) -> str:
    last = newest_release(meeting)
    pending = pending_moves(meeting, last) if last else []
    form.seen.data = seen_of(pending)
    return render_template(
        "live/moved.html",
        meeting=meeting,
        form=form,
        release=last,
        rows=[(one, in_words(meeting, [one.change])) for one in pending],
        people=how_many([one.session for one in pending]) if pending else 0,
    )
