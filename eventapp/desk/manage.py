"""The settings of a meeting: what it is, its categories, rooms, documents and staff."""

from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.actions import appoint, change_settings, close_empty_room
from eventapp.desk.forms import MeetingForm
from eventapp.desk.part_forms import STAFF, DocumentForm, RoomForm, StaffForm
from eventapp.desk.queries import places_by_category
from eventapp.ground.clock import now
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting
from eventapp.meetings.actions import add_part, change_part, end_role, open_room, remove_part
from eventapp.meetings.models import Document, Meeting, Room
from eventapp.meetings.queries import past_staff_of, staff_of
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.people.models import Person

bp = Blueprint("settings", __name__, url_prefix="/meetings/<slug>/manage/settings")


@bp.get("/")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting) -> ResponseReturnValue:
    """Everything an organizer may set."""
    return overview(meeting)


@bp.get("/meeting")
@with_meeting(may=run_meeting)
def edit_meeting(meeting: Meeting) -> ResponseReturnValue:
    """The meeting itself, as a form."""
    return render_template("desk/edit_meeting.html", meeting=meeting, form=MeetingForm.of(meeting))


@bp.post("/meeting")
@with_meeting(may=run_meeting)
def update_meeting(meeting: Meeting) -> ResponseReturnValue:
    form = MeetingForm(request.form)
    version = figure(form.version.data)

    def save() -> None:
        change_settings(meeting, form.facts(), version, by=me(), at=now())

    def again(status: int) -> ResponseReturnValue:
        if status == 409:  # noqa: PLR2004 -- refused: what stands now is what the next try is compared with
            form.version.data = str(meeting.version)
        return render_template("desk/edit_meeting.html", meeting=meeting, form=form), status

    return answered(meeting, form, save, again, "meeting")


@bp.post("/rooms")
@with_meeting(may=run_meeting)
def create_room(meeting: Meeting) -> ResponseReturnValue:
    return new_part(meeting, RoomForm(request.form, prefix="room-"), "room")


@bp.route("/rooms/<code>", methods=["GET", "POST"])
@with_meeting(may=run_meeting)
def room(meeting: Meeting, code: str) -> ResponseReturnValue:
    row = room_of(meeting, code)
    return page_of_part(meeting, row, RoomForm(request.form, obj=row), "room")


@bp.post("/rooms/<code>/closing")
@with_meeting(may=run_meeting)
def close(meeting: Meeting, code: str) -> ResponseReturnValue:
    row = room_of(meeting, code)
    return done(meeting, lambda: close_empty_room(row, by=me(), at=now()), "rooms")


@bp.post("/rooms/<code>/opening")
@with_meeting(may=run_meeting)
def reopen(meeting: Meeting, code: str) -> ResponseReturnValue:
    row = room_of(meeting, code)
    return done(meeting, lambda: open_room(row, by=me(), at=now()), "rooms")


@bp.post("/documents")
@with_meeting(may=run_meeting)
def create_document(meeting: Meeting) -> ResponseReturnValue:
    return new_part(meeting, DocumentForm(request.form, prefix="document-"), "document")


@bp.route("/documents/<int:number>", methods=["GET", "POST"])
@with_meeting(may=run_meeting)
def document(meeting: Meeting, number: int) -> ResponseReturnValue:
    row = document_of(meeting, number)
    return page_of_part(meeting, row, DocumentForm(request.form, obj=row), "document")


@bp.post("/documents/<int:number>/removal")
@with_meeting(may=run_meeting)
def remove_document(meeting: Meeting, number: int) -> ResponseReturnValue:
    row = document_of(meeting, number)
    return done(meeting, lambda: remove_part(row, by=me(), at=now()), "documents")


@bp.post("/staff")
@with_meeting(may=run_meeting)
def create_staff(meeting: Meeting) -> ResponseReturnValue:
    form = StaffForm(request.form, prefix="staff-")

    def save() -> None:
        appoint(meeting, form.name.data, form.email.data, form.role.data, by=me(), at=now())

    return answered(meeting, form, save, lambda status: (overview(meeting, staff=form), status), "staff")


@bp.post("/staff/<int:number>/end")
@with_meeting(may=run_meeting)
def end_staff(meeting: Meeting, number: int) -> ResponseReturnValue:
    row = next((staff for staff in meeting.staff if staff.id == number), None) or abort(404)
    return done(meeting, lambda: end_role(row, by=me(), at=now()), "staff")


def new_part(meeting: Meeting, form: RoomForm | DocumentForm, what: str) -> ResponseReturnValue:
    """One room or document more, at the end."""

    def save() -> None:
        add_part(meeting, form.facts(len(getattr(meeting, f"{what}s")) + 1), by=me(), at=now())

    return answered(meeting, form, save, lambda status: (overview(meeting, **{what: form}), status), f"{what}s")


def page_of_part(
    meeting: Meeting, row: Room | Document, form: RoomForm | DocumentForm, what: str
) -> ResponseReturnValue:
    """The page of a room or a document, and what was changed on it."""

    def save() -> None:
        change_part(row, form.facts(row.position), by=me(), at=now())

    def shown(status: int) -> ResponseReturnValue:
        return render_template(f"desk/{what}.html", meeting=meeting, form=form, **{what: row}), status

    return shown(200) if request.method != "POST" else answered(meeting, form, save, shown, f"{what}s")


def overview(meeting: Meeting, **forms: Form) -> str:
    """The whole page, with what was typed where something was wrong."""
    shown = {
        "room": RoomForm(prefix="room-"),
        "document": DocumentForm(prefix="document-"),
        "staff": StaffForm(prefix="staff-"),
        **forms,
    }
    return render_template(
        "desk/edit.html",
        meeting=meeting,
        forms=shown,
        form=next(iter(forms.values()), None),
        roles=STAFF,
        staff=staff_of(meeting),
        past_staff=past_staff_of(meeting),
        taken=places_by_category(meeting),
    )


def answered(
    meeting: Meeting, form: Form, save: Callable[[], None], again: Callable[[int], ResponseReturnValue], part: str
) -> ResponseReturnValue:
    """Save what is sound and go back to the settings; show what is not, as it was typed."""
    if not form.validate():
        return again(422)
    attempt(form, save)
    if form.refused:
        return again(409)
    return back(meeting, part)


def done(meeting: Meeting, act: Callable[[], object], part: str) -> ResponseReturnValue:
    """Do what a button says and go back to the settings, or show why it could not be done."""
    form = Form()
    attempt(form, act)
    if form.refused:
        return overview(meeting, refused=form), 409
    return back(meeting, part)


def back(meeting: Meeting, part: str) -> ResponseReturnValue:
    return redirect(url_for("settings.edit", slug=meeting.slug, _anchor=part), 303)


def room_of(meeting: Meeting, code: str) -> Room:
    return next((one for one in meeting.rooms if one.code == code), None) or abort(404)


def document_of(meeting: Meeting, number: int) -> Document:
    return next((one for one in meeting.documents if one.id == number), None) or abort(404)


def me() -> Person:
    return current_person() or abort(404)
