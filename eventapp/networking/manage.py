"""Networking in the settings of a meeting: the switch, and how much it is used. Organizers read no line of anybody."""

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.queries import session_at
from eventapp.ground.clock import now
from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import answered
from eventapp.ground.web.editing.both_versions import refuse_older, show_both
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.networking.actions import set_networking
from eventapp.networking.bilaterals.queries import states_of
from eventapp.networking.forms import NetworkingForm, form_of
from eventapp.networking.offers.queries import count_lines
from eventapp.networking.queries import rules_of, use_of
from eventapp.networking.slots.actions import count_slots
from eventapp.people.current import current_person

bp = Blueprint("networking_settings", __name__, url_prefix="/meetings/<slug>/manage/settings/networking")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Whether participants find each other, and how many do."""
    return page(meeting, form_of(rules_of(meeting)))


@bp.post("")
@with_meeting(may=run_meeting)
def update(meeting: Meeting) -> ResponseReturnValue:
    form = form_of(None, request.form)

    def save() -> None:
        lock(meeting)
        refuse_older(form, form_of(rules_of(meeting)))
        session = session_at(meeting, form.session.data) if form.session.data else None
        if form.session.data and session is None:
            raise Refused(_("The meeting has no session with this code."), beside="session")
        set_networking(meeting, form.rules(session), by=current_person(), at=now())
        flash(_("Saved."), "ok")

    def again(status: int) -> ResponseReturnValue:
        if form.refusal:
            show_both(form, form_of(rules_of(meeting)))
        return page(meeting, form), status

    return answered(form, save, again, url_for(".index", slug=meeting.slug))


def page(meeting: Meeting, form: NetworkingForm) -> str:
    return render_template(
        "networking/settings.html",
        meeting=meeting,
        form=form,
        lines=count_lines(meeting),
        use=use_of(meeting),
        met=states_of(meeting),
        slots=count_slots(meeting),
    )
