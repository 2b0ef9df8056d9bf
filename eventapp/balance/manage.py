"""The balance of a meeting for its organizers, in full, and whether anyone may read it."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.balance.actions import close_balance, open_balance
from eventapp.balance.charts import requests_by_day, women
from eventapp.balance.counting import BREAKDOWNS, HEARD, STAGES, everybody
from eventapp.balance.queries import people_behind
from eventapp.checkin.queries import count_of
from eventapp.clock import now
from eventapp.db import transaction
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.words import _

LISTED = tuple(name for name in BREAKDOWNS if name != "gender")

bp = Blueprint("balance_manage", __name__, url_prefix="/meetings/<slug>/manage/balance")


@bp.get("")
@with_meeting(may=run_meeting)
def show(meeting: Meeting) -> ResponseReturnValue:
    """Every breakdown, the charts, and what is open to anyone."""
    return page(meeting)


@bp.post("")
@with_meeting(may=run_meeting)
def update(meeting: Meeting) -> ResponseReturnValue:
    """Open it to anyone, or close it."""
    act = request.form.get("act")
    if act not in ("open", "close"):
        return page(meeting), 422
    with transaction():
        (open_balance if act == "open" else close_balance)(meeting, by=current_person(), at=now())
    return redirect(url_for(".show", slug=meeting.slug, _anchor="world"), 303)


@bp.get("/people")
@with_meeting(may=run_meeting)
def people(meeting: Meeting) -> ResponseReturnValue:
    """Who is behind one number: ?stage= of ?by= and ?group=. Nobody is listed by gender: that stays a count."""
    stage = request.args.get("stage", "nominated")
    name, group = request.args.get("by", ""), request.args.get("group", "")
    if stage not in STAGES or (name and (name not in LISTED or group not in BREAKDOWNS[name].labels)):
        abort(404)
    ids = everybody(meeting, at=now()).behind(stage, name, group)
    return render_template(
        "balance/people.html",
        meeting=meeting,
        stage=STAGES[stage],
        group=BREAKDOWNS[name].label_of(group) if name else _("All"),
        people=people_behind(ids),
    )


def page(meeting: Meeting) -> str:
    at = now()
    found = everybody(meeting, at=at)
    return render_template(
        "balance/manage.html",
        meeting=meeting,
        balances=[(name, breakdown.label, found.by(name)) for name, breakdown in BREAKDOWNS.items()],
        women=women(found.by("gender")),
        chart=requests_by_day(meeting, at=at),
        count=count_of(meeting),
        stages=STAGES,
        heard=HEARD,
        listed=LISTED,
    )
