"""The hours of the rooms, as organizers set them."""

from datetime import datetime

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.availability.content import moment
from eventapp.agenda.availability.forms import DaysForm
from eventapp.agenda.room_hours.actions import set_hours
from eventapp.agenda.room_hours.content import hours_on, in_words, shut_minutes
from eventapp.agenda.room_hours.forms import hours_form
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.editing.both_versions import mark_of
from eventapp.ground.web.editing.edited import edited
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting, Room
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("room_hours", __name__, url_prefix="/meetings/<slug>/manage/agenda/rooms")
bp.add_app_template_global(hours_on, "room_hours_on")
bp.add_app_template_global(shut_minutes)


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every room in use, with the days on which it is not open all day."""
    rooms = [one for one in meeting.rooms if one.closed_at is None]
    more = {"in_words": in_words, "noon": noon(meeting)}
    return render_template("agenda/room_hours/index.html", meeting=meeting, rooms=rooms, **more)


@bp.get("/<code>")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting, code: str) -> ResponseReturnValue:
    """The days of the meeting, with what is said of this room on each."""
    room = room_of(meeting, code)
    form = hours_form(room)
    form.seen.data = mark_of(form)
    return page(room, form)


@bp.post("/<code>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, code: str) -> ResponseReturnValue:
    room = room_of(meeting, code)
    form = hours_form(room, request.form)

    def save() -> None:
        set_hours(room, form.said(), by=current_person(), at=now())
        flash(_("Saved."), "ok")

    there = url_for(".edit", slug=meeting.slug, code=code)
    return edited(form, lambda: hours_form(room), save, lambda: page(room, form), there, held=meeting)


def page(room: Room, form: DaysForm) -> str:
    return render_template(
        "agenda/room_hours/edit.html", meeting=room.meeting, room=room, form=form, noon=noon(room.meeting)
    )


def noon(meeting: Meeting) -> datetime:
    """Noon on its first day, by which the zone is named."""
    return moment(meeting.starts_on, "12:00", meeting.tz)


def room_of(meeting: Meeting, code: str) -> Room:
    return next((one for one in meeting.rooms if one.code == code), None) or abort(404)
