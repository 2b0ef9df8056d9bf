"""Organizers choose whether letters about live changes leave at once or wait until one of them has looked."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.web.editing.both_versions import mark_of
from eventapp.ground.web.editing.edited import edited
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
        choose_live_letters(meeting, form.letters.data or "", by=current_person(), at=now())

    return edited(
        form,
        lambda: form_now(meeting),
        save,
        lambda: page(meeting, form),
        url_for(".edit", slug=meeting.slug),
        held=meeting,
    )


def page(meeting: Meeting, form: WhenForm) -> str:
    return render_template(
        "live/checking/when.html", meeting=meeting, form=form, waiting=count_waiting_letters(meeting)
    )
