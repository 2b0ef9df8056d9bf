"""Gates for organizers: open, close, count."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.checkin.actions import close_gate, open_gate
from eventapp.checkin.forms import GateForm
from eventapp.checkin.queries import expected, gate_at, gate_counts, sessions_with_a_door
from eventapp.clock import now
from eventapp.db import transaction
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.refusal import Refused

bp = Blueprint("checkin_manage", __name__)


@bp.get("/meetings/<slug>/manage/gates")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    return listed(meeting, GateForm(None, sessions_with_a_door(meeting)))


@bp.post("/meetings/<slug>/manage/gates")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    form = GateForm(request.form, sessions_with_a_door(meeting))
    if not form.validate():
        return listed(meeting, form), 422
    try:
        with transaction():
            open_gate(meeting, form.name.data, form.chosen(), by=current_person(), at=now())
    except Refused as refusal:
        form.refuse(refusal)
        return listed(meeting, form), 409
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.post("/meetings/<slug>/manage/gates/<gate>/close")
@with_meeting(may=run_meeting)
def close(meeting: Meeting, gate: str) -> ResponseReturnValue:
    door = gate_at(meeting, gate)
    if door is None:
        abort(404)
    with transaction():
        close_gate(door, by=current_person(), at=now())
    return redirect(url_for(".index", slug=meeting.slug), 303)


def listed(meeting: Meeting, form: GateForm) -> str:
    today = now().astimezone(meeting.tz).date()
    return render_template(
        "checkin/index.html",
        meeting=meeting,
        form=form,
        gates=gate_counts(meeting, today),
        today=today,
        expected=expected(meeting),
    )
