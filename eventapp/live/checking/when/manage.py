"""Organizers choose whether letters about live changes leave at once or wait until one of them has looked."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import lock
from eventapp.ground.web.attempt import answered
from eventapp.ground.web.editing.both_versions import mark_of, refuse_older, show_both
from eventapp.live.checking.actions import choose_live_letters
from eventapp.live.checking.forms import WhenForm
from eventapp.live.checking.queries import count_waiting_letters
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("live_letters_when", __name__, url_prefix="/meetings/<slug>/manage/settings/letters-of-the-day")


def form_now(meeting: Meeting) -> WhenForm:
    return WhenForm(letters=meeting.live_letters)


@bp.get("")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting) -> ResponseReturnValue:
    """When they leave."""
    form = form_now(meeting)
    form.seen.data = mark_of(form)
    return page(meeting, form)


@bp.post("")
@with_meeting(may=run_meeting)
def update(meeting: Meeting) -> ResponseReturnValue:
    """Let them leave when it was chosen."""
    form = WhenForm(request.form)

    def save() -> None:
        lock(meeting)
        refuse_older(form, form_now(meeting))
        choose_live_letters(meeting, form.letters.data or "", by=current_person(), at=now())

    def again(status: int) -> ResponseReturnValue:
        if form.refused:
            show_both(form, form_now(meeting))
        return page(meeting, form), status

    return answered(form, save, again, url_for(".edit", slug=meeting.slug))


def page(meeting: Meeting, form: WhenForm) -> str:
    return render_template(
        "live/checking/when.html", meeting=meeting, form=form, waiting=count_waiting_letters(meeting)
    )
