"""The public page of inputs: what is asked and until when, and what was sent by those who agreed to show it."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.web.paging import page_in_sql
from eventapp.ground.web.requests.shared_caches import same_for_visitors
from eventapp.inputs.listing import A_PAGE
from eventapp.inputs.queries import call_of, file_of, input_at, public_inputs, said_by, said_by_these
from eventapp.links.queries import working_secret
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting
from eventapp.meetings.themes.queries import themes_of
from eventapp.people.current import current_person
from eventapp.registration.entry import OWN
from eventapp.registration.queries import registration_of
from eventapp.vocabulary.countries import country

bp = Blueprint("inputs", __name__)


@bp.get("/meetings/<slug>/inputs")
@with_meeting(may=see_meeting)
@same_for_visitors
def index(meeting: Meeting) -> ResponseReturnValue:
    """The call, the way to write an input, and the inputs that may be read by everybody."""
    listing = page_in_sql(public_inputs(meeting), request.args.get("page"), most=A_PAGE)
    said = said_by_these([one.id for one in listing.rows])
    return render_template(
        "inputs/index.html",
        meeting=meeting,
        call=call_of(meeting),
        at=now(),
        listing=listing,
        rows=[(written, said[written.id]) for written in listing.rows if written.id in said],
        lines=themes_of(meeting).lines,
        country=country,
    )


@bp.get("/meetings/<slug>/inputs/mine")
@with_meeting(may=see_meeting)
def mine(meeting: Meeting) -> ResponseReturnValue:
    """To my registration, where my input begins; a visitor reads how to get there."""
    person = current_person()
    registration = registration_of(person.id, meeting.id) if person else None
    if registration is None:
        return redirect(url_for("home.mine", slug=meeting.slug))
    token = working_secret(OWN, registration, at=now())
    return redirect(url_for("writing.offer", token=token) if token else url_for("registration.lost", slug=meeting.slug))


@bp.get("/meetings/<slug>/inputs/<int(max=99999):number>")
@with_meeting(may=see_meeting)
@same_for_visitors
def show(meeting: Meeting, number: int) -> ResponseReturnValue:
    """One input that its sender lets everybody read."""
    written = input_at(meeting, number)
    if written is None or not written.is_public:
        abort(404)
    said = said_by(written)
    return render_template(
        "inputs/show.html",
        meeting=meeting,
        written=written,
        said=said,
        lines=themes_of(meeting).lines,
        file=file_of(written),
        country=country(said.country),
    )
