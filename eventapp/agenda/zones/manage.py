"""An organizer looks at sessions that newer rules of the time zone show at other times, and decides."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.sessions.wall import planned
from eventapp.agenda.zones.actions import put_back, take_as_shown
from eventapp.agenda.zones.queries import count_off_wall, off_wall
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import refusal_from
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("agenda_zones", __name__, url_prefix="/meetings/<slug>/manage/agenda/clocks")
bp.add_app_template_global(count_off_wall, "plan_is_off_wall")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Which sessions show another time than planned, and by how much."""
    rows = [(one, planned(one)) for one in off_wall(meeting)]
    return render_template("agenda/zones/index.html", meeting=meeting, rows=rows)


@bp.post("/planned")
@with_meeting(may=run_meeting)
def restore(meeting: Meeting) -> ResponseReturnValue:
    """Put the sessions back to the times that were planned."""
    return done(meeting, refusal_from(lambda: put_back(meeting, by=current_person(), at=now())))


@bp.post("/shown")
@with_meeting(may=run_meeting)
def accept(meeting: Meeting) -> ResponseReturnValue:
    """Leave the sessions where they are."""
    return done(meeting, refusal_from(lambda: take_as_shown(meeting, by=current_person(), at=now())))


def done(meeting: Meeting, refusal: str) -> ResponseReturnValue:
    if refusal:
        flash(refusal, "stop")
    return redirect(url_for(".index", slug=meeting.slug), 303)
