"""The front page, and what the house says about itself."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.gate import for_anyone
from eventapp.home.queries import latest_reports, meetings_of, public_meetings
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting
from eventapp.people.current import current_person
from eventapp.registration.entry import own_token

bp = Blueprint("home", __name__)


@bp.get("/")
@for_anyone
def index() -> ResponseReturnValue:
    """Next meetings, three front doors, and what is mine."""
    at, person = now(), current_person()
    return render_template(
        "home/index.html",
        at=at,
        meetings=public_meetings(at=at),
        mine=[(one, own_token(one.registration) if one.registration else "") for one in meetings_of(person)]
        if person
        else [],
        reports=latest_reports(at=at),
    )


@bp.get("/meetings/<slug>/my-registration")
@with_meeting(may=see_meeting)
def mine(meeting: Meeting) -> ResponseReturnValue:
    """To my registration at this meeting; a visitor reads how to get there."""
    person = current_person()
    own = next((one for one in meetings_of(person) if one.meeting.id == meeting.id), None) if person else None
    if own and own.registration:
        return redirect(url_for("mine.show", token=own_token(own.registration)))
    return render_template("home/mine.html", meeting=meeting, at=now())


@bp.get("/accessibility")
@for_anyone
def accessibility() -> ResponseReturnValue:
    """What we promise to people who use these pages in another way."""
    return render_template("home/accessibility.html")


@bp.get("/privacy")
@for_anyone
def privacy() -> ResponseReturnValue:
    """What is kept about people, why, and for how long."""
    return render_template("home/privacy.html")
