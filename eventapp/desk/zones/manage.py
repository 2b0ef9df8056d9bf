"""The zones of a meeting: listed, added, changed, removed."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.checkin.gates import gates_by_zone
from eventapp.desk.manage import me
from eventapp.desk.zones.actions import take_zone_away
from eventapp.desk.zones.forms import ZoneForm, form_for
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import answered, pressed
from eventapp.ground.web.editing.edited import edited
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.registration.tags.queries import tags_of
from eventapp.registration.zones.actions import add_zone, change_zone
from eventapp.registration.zones.models import Zone
from eventapp.registration.zones.queries import zone_at, zones_of

bp = Blueprint("zones", __name__, url_prefix="/meetings/<slug>/manage/settings/zones")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every zone, who may enter it, and the gates that ask for it."""
    return listed(meeting)


@bp.get("/new")
@with_meeting(may=run_meeting)
def new(meeting: Meeting) -> ResponseReturnValue:
    """The form of one more."""
    return page(meeting, None, form_for(meeting, None))


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    form = form_for(meeting, None, request.form)

    def save() -> None:
        add_zone(meeting, form.content(), by=me(), at=now())

    return answered(form, save, lambda status: (page(meeting, None, form), status), to_list(meeting))


@bp.get("/<code>")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting, code: str) -> ResponseReturnValue:
    """One zone as a form."""
    zone = zone_or_404(meeting, code)
    return page(meeting, zone, form_for(meeting, zone))


@bp.post("/<code>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, code: str) -> ResponseReturnValue:
    zone = zone_or_404(meeting, code)
    form = form_for(meeting, zone, request.form)

    def save() -> None:
        change_zone(zone, form.content(), by=me(), at=now())

    return edited(
        form, lambda: form_for(meeting, zone), save, lambda: page(meeting, zone, form), to_list(meeting), held=meeting
    )


@bp.post("/<code>/removal")
@with_meeting(may=run_meeting)
def remove(meeting: Meeting, code: str) -> ResponseReturnValue:
    zone = zone_or_404(meeting, code)
    return pressed(
        lambda: take_zone_away(zone, by=me(), at=now()), lambda form: listed(meeting, form), to_list(meeting)
    )


def listed(meeting: Meeting, form: Form | None = None) -> str:
    return render_template(
        "desk/zones/index.html",
        meeting=meeting,
        form=form,
        zones=zones_of(meeting),
        gates=gates_by_zone(meeting),
        tags={tag.id: tag.name for tag in tags_of(meeting)},
    )


def page(meeting: Meeting, zone: Zone | None, form: ZoneForm) -> str:
    gates = gates_by_zone(meeting).get(zone.id, []) if zone else []
    return render_template("desk/zones/edit.html", meeting=meeting, zone=zone, form=form, gates=gates)


def zone_or_404(meeting: Meeting, code: str) -> Zone:
    return zone_at(meeting, code) or abort(404)


def to_list(meeting: Meeting) -> str:
    return url_for(".index", slug=meeting.slug)
