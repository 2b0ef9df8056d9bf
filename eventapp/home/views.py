"""The front page, and what the house says about itself."""

import json
from pathlib import Path

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.access import for_anyone
from eventapp.ground.web.requests.shared_caches import same_for_visitors
from eventapp.home.filter import MeetingFilter
from eventapp.home.mine import meetings_of, roles_of
from eventapp.home.queries import latest_reports, meetings_found, public_meetings
from eventapp.home.waiting.lines import MOST_LINES
from eventapp.home.waiting.queries import waiting_for
from eventapp.links.queries import working_secret
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meetings_of_bodies
from eventapp.meetings.rules import make_meetings, see_meeting
from eventapp.people.current import current_person
from eventapp.people.rules import administer
from eventapp.registration.entry import OWN
from eventapp.registration.queries import registration_of

bp = Blueprint("home", __name__)


@bp.get("/")
@for_anyone
@same_for_visitors
def index() -> ResponseReturnValue:
    """What waits for me and my meetings, where I have signed in; next meetings, and three front doors."""
    at, person = now(), current_person()
    mine = meetings_of(person, at=at) if person else None
    waiting = waiting_for(person, mine.roles, at=at) if person and mine else []
    return render_template(
        "home/index.html",
        at=at,
        meetings=public_meetings(at=at),
        mine=mine,
        waiting=waiting[:MOST_LINES],
        more=max(len(waiting) - MOST_LINES, 0),
        makes_meetings=make_meetings(person),
        reports=latest_reports(at=at),
    )


@bp.get("/meetings")
@for_anyone
@same_for_visitors
def meetings() -> ResponseReturnValue:
    """All public meetings; for who runs them all the hidden ones too: ?when=, q=, year=, body=, mine=, page=."""
    at, criteria, person = now(), MeetingFilter.of(request.args), current_person()
    administers = administer(person)
    own = meetings_of_bodies(person) if person else set[int]()
    hidden = (lambda _number: True) if administers else own.__contains__ if own else None
    mine = roles_of(person) if person and criteria.mine else None
    return render_template(
        "home/meetings.html",
        at=at,
        administers=administers,
        makes_meetings=make_meetings(person),
        found=meetings_found(criteria, request.args.get("page"), at=at, hidden=hidden, mine=mine),
    )


@bp.get("/meetings/<slug>/my-registration")
@with_meeting(may=see_meeting)
@same_for_visitors
def mine(meeting: Meeting) -> ResponseReturnValue:
    """To my registration at this meeting; a visitor reads how to get there."""
    person = current_person()
    own = registration_of(person.id, meeting.id) if person else None
    if own:
        token = working_secret(OWN, own, at=now())
        return redirect(url_for("mine.show", token=token) if token else url_for("registration.lost", slug=meeting.slug))
    return render_template("home/mine.html", meeting=meeting, at=now())


@bp.get("/accessibility")
@for_anyone
@same_for_visitors
def accessibility() -> ResponseReturnValue:
    """What we promise to people who use these pages in another way."""
    return render_template("home/accessibility.html")


@bp.get("/privacy")
@for_anyone
@same_for_visitors
def privacy() -> ResponseReturnValue:
    """What is kept about people, why, and for how long."""
    return render_template("home/privacy.html")


@bp.get("/meetings/offline-worker.js")
@for_anyone
def offline_worker() -> ResponseReturnValue:
    """The worker that keeps the capture screen, the door and the public agenda in a browser: it may, below meetings."""
    file = Path(str(current_app.static_folder)) / "house" / "offline-worker.js"
    words = {"unread": _("Something of your programme has changed. Press to read it.")}
    answer = make_response(f"self.words = {json.dumps(words)}\n{file.read_text(encoding='utf-8')}")
    answer.mimetype = "text/javascript"
    answer.cache_control.no_cache = True  # asked about every time, so that nobody is left with an old one
    return answer
