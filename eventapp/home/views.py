"""The front page, and what the house says about itself."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.web.access import for_anyone
from eventapp.home.filter import MeetingFilter
from eventapp.home.queries import latest_reports, meetings_found, meetings_of, public_meetings
from eventapp.links.queries import working_secret
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meetings_of_bodies
from eventapp.meetings.rules import see_meeting
from eventapp.people.current import current_person
from eventapp.people.rules import administer
from eventapp.registration.entry import OWN

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
        mine=meetings_of(person) if person else [],
        administers=administer(person),
        reports=latest_reports(at=at),
    )


@bp.get("/meetings")
@for_anyone
def meetings() -> ResponseReturnValue:
    """All public meetings; for who runs them all the hidden ones too: ?when=, q=, year=, body=, page=."""
    at, criteria, person = now(), MeetingFilter.of(request.args), current_person()
    administers = administer(person)
    own = meetings_of_bodies(person) if person else set[int]()
    hidden = (lambda _number: True) if administers else own.__contains__ if own else None
    return render_template(
        "home/meetings.html",
        at=at,
        administers=administers,
        found=meetings_found(criteria, request.args.get("page"), at=at, hidden=hidden),
    )


@bp.get("/meetings/<slug>/my-registration")
@with_meeting(may=see_meeting)
def mine(meeting: Meeting) -> ResponseReturnValue:
    """To my registration at this meeting; a visitor reads how to get there."""
    person = current_person()
    own = next((one for one in meetings_of(person) if one.meeting.id == meeting.id), None) if person else None
    if own and own.registration:
        token = working_secret(OWN, own.registration, at=now())
        return redirect(url_for("mine.show", token=token) if token else url_for("registration.lost", slug=meeting.slug))
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
