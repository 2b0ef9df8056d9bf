"""The door as something that a phone installs, and the list it decides by without a connection."""

from flask import Blueprint, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from eventapp.checkin.access import with_gate
from eventapp.checkin.labels import Spot
from eventapp.checkin.offline.queries import came_since, page_of, pages_of
from eventapp.checkin.verdicts import REASONS
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _, language
from eventapp.ground.text.policy import figure
from eventapp.ground.text.worded import worded
from eventapp.ground.web.pages import asset
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import categories_of, meeting_at
from eventapp.meetings.rules import keep_door
from eventapp.people.models import Person

bp = Blueprint("offline_door", __name__, url_prefix="/meetings/<slug>/door")

SEALED = "application/octet-stream"


@bp.get("/<gate>/list")
@with_gate(may=keep_door)
def show(spot: Spot, _person: Person) -> ResponseReturnValue:
    """What a phone needs beside the lines: how many pages they have, the rule of the gate, and the words of a verdict.

    Nothing of it is about anybody.
    """
    meeting = meeting_at(spot.meeting.slug) or abort(404)
    return jsonify(
        made=now().isoformat(),
        meeting=meeting.id,
        pages=[url_for(".page", slug=meeting.slug, number=number) for number in range(pages_of(meeting.id))],
        came=url_for(".came", slug=meeting.slug, gate=spot.code),
        gate={
            "session": spot.session_id,
            "zone": meeting.zone,
            "name": spot.name,
            "out": spot.reads_out,
            **spot.admission.as_record(),
        },
        categories={
            one.id: {"name": one.name, "colour": one.colour, "ink": one.ink, "shape": one.shape}
            for one in categories_of(meeting)
        },
        reasons={reason: {"why": str(words.why), "say": str(words.say)} for reason, words in REASONS.items()},
    )


@bp.get("/list/<int:number>")
@with_meeting(may=keep_door)
def page(meeting: Meeting, number: int) -> ResponseReturnValue:
    """One page of sealed lines; 304 for a phone that has it as it is."""
    if number >= pages_of(meeting.id):
        abort(404)
    answer = Response(page_of(meeting.id, number, language()), mimetype=SEALED)
    answer.add_etag()
    return answer.make_conditional(request)


@bp.get("/<gate>/list/came")
@with_gate(may=keep_door)
def came(spot: Spot, _person: Person) -> ResponseReturnValue:
    """Who came in here today, by the names of their lines, after the reading that the address names."""
    content, last = came_since(spot, figure(request.args.get("after")) or 0, now())
    answer = Response(content, mimetype=SEALED)
    answer.headers["X-Last"] = str(last)
    return answer


@bp.get("/<gate>/door.webmanifest")
@with_gate(may=keep_door)
def manifest(spot: Spot, _person: Person) -> ResponseReturnValue:
    """What a phone asks to put this gate on its first screen."""
    meeting = meeting_at(spot.meeting.slug) or abort(404)
    door = url_for("checkin.show", slug=meeting.slug)
    answer = jsonify(
        name=_("Door: %(gate)s, %(meeting)s", gate=spot.name, meeting=worded(meeting, "short_title")),
        short_name=spot.name,
        id=f"{door}?gate={spot.code}",
        start_url=f"{door}?gate={spot.code}",
        scope=door,
        display="standalone",
        background_color="#ffffff",
        theme_color="#10161b",
        icons=[{"src": asset("house/mark.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "any"}],
    )
    answer.mimetype = "application/manifest+json"
    return answer
