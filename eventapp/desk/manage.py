"""The settings of a meeting: what it is, its bodies, rooms and staff; each kind on a page of its own."""

from collections.abc import Callable, Mapping

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.sessions.when import SECOND
from eventapp.desk.actions import appoint, change_settings, close_empty_room, take_body_away
from eventapp.desk.forms import MeetingForm
from eventapp.desk.part_forms import BodyForm, RoomForm, StaffForm
from eventapp.desk.texts.queries import lacking
from eventapp.ground.clock import now
from eventapp.ground.text.languages import language_named
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import answered, pressed
from eventapp.ground.web.editing.both_versions import mark_of, refuse_older, show_both
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting
from eventapp.meetings.actions import add_part, change_part, end_role, open_room
from eventapp.meetings.chapters.queries import own_chapters
from eventapp.meetings.models import Body, Meeting, Room
from eventapp.meetings.queries import past_staff_of, staff_of
from eventapp.meetings.rules import run_meeting
from eventapp.meetings.wordings.queries import reworded_letters
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.questions.queries import questions_by_stage
from eventapp.registration.zones.queries import zones_of
from eventapp.vocabulary.participants import STAFF

bp = Blueprint("settings", __name__, url_prefix="/meetings/<slug>/manage/settings")

PartForm = BodyForm | RoomForm
PARTS: Mapping[str, type[PartForm]] = {"bodies": BodyForm, "rooms": RoomForm}
ADDED: Mapping[str, type[Form]] = {**PARTS, "staff": StaffForm}
PAGES = {"bodies": "body", "rooms": "room"}  # of one of them


@bp.get("/")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every page of the settings, and how much is on it."""
    asked, missing = questions_by_stage(meeting).total(), lacking(meeting)
    return render_template(
        "desk/settings/index.html",
        meeting=meeting,
        staff=staff_of(meeting),
        asked=asked,
        missing=missing,
        spoken=[language_named(code) for code in meeting.languages],
        reworded=len(reworded_letters(meeting.id)),
        zones=zones_of(meeting),
        chapters=own_chapters(meeting),
    )


@bp.get("/meeting")
@with_meeting(may=run_meeting)
def edit_meeting(meeting: Meeting) -> ResponseReturnValue:
    """The meeting itself, as a form."""
    return render_template("desk/settings/meeting.html", meeting=meeting, form=MeetingForm.of(meeting))


@bp.post("/meeting")
@with_meeting(may=run_meeting)
def update_meeting(meeting: Meeting) -> ResponseReturnValue:
    form = MeetingForm(request.form)
    form.ask_of(meeting)
    version, second = figure(form.version.data), form.twice.data == SECOND

    def save() -> None:
        change_settings(meeting, form.facts(meeting), version, by=me(), at=now(), keeps=form.keeps, second=second)

    def again(status: int) -> ResponseReturnValue:
        if status == 409:  # noqa: PLR2004 -- refused: what stands now is what the next try is compared with
            form.version.data = str(meeting.version)
            stands = MeetingForm.of(meeting)
            stands.clocks.data, stands.twice.data = form.clocks.data, form.twice.data
            show_both(form, stands)
        return render_template("desk/settings/meeting.html", meeting=meeting, form=form), status

    return answered(form, save, again, url_for(".index", slug=meeting.slug))


@bp.get("/<any(bodies, rooms, staff):part>")
@with_meeting(may=run_meeting)
def listed(meeting: Meeting, part: str) -> ResponseReturnValue:
    """What the meeting has of one kind, and the form that adds one."""
    return list_of(meeting, part)


@bp.post("/<any(bodies, rooms):part>")
@with_meeting(may=run_meeting)
def create(meeting: Meeting, part: str) -> ResponseReturnValue:
    """One more, at the end."""
    form = PARTS[part](request.form)

    def save() -> None:
        add_part(meeting, form.facts(len(getattr(meeting, part)) + 1), by=me(), at=now())

    return answered(form, save, lambda status: (list_of(meeting, part, form), status), to(meeting, part))


@bp.route("/bodies/<code>", methods=["GET", "POST"])
@with_meeting(may=run_meeting)
def body(meeting: Meeting, code: str) -> ResponseReturnValue:
    return page_of_part(meeting, body_of(meeting, code), "bodies")


@bp.post("/bodies/<code>/removal")
@with_meeting(may=run_meeting)
def remove_body(meeting: Meeting, code: str) -> ResponseReturnValue:
    row = body_of(meeting, code)
    return done(meeting, lambda: take_body_away(row, by=me(), at=now()), "bodies")


@bp.route("/rooms/<code>", methods=["GET", "POST"])
@with_meeting(may=run_meeting)
def room(meeting: Meeting, code: str) -> ResponseReturnValue:
    return page_of_part(meeting, room_of(meeting, code), "rooms")


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


@bp.post("/staff")
@with_meeting(may=run_meeting)
def create_staff(meeting: Meeting) -> ResponseReturnValue:
    form = StaffForm(request.form)

    def save() -> None:
        appoint(meeting, form.name.data, form.email.data, form.role.data, by=me(), at=now())

    return answered(form, save, lambda status: (list_of(meeting, "staff", form), status), to(meeting, "staff"))


@bp.post("/staff/<int:number>/end")
@with_meeting(may=run_meeting)
def end_staff(meeting: Meeting, number: int) -> ResponseReturnValue:
    row = next((staff for staff in meeting.staff if staff.id == number), None) or abort(404)
    return done(meeting, lambda: end_role(row, by=me(), at=now()), "staff")


def page_of_part(meeting: Meeting, row: Body | Room, part: str) -> ResponseReturnValue:
    """The page of a body or a room, and what was changed on it."""
    is_sent = request.method == "POST"
    form = PARTS[part](request.form if is_sent else None, obj=row)
    if not is_sent:
        form.seen.data = mark_of(form)

    def save() -> None:
        refuse_older(form, PARTS[part](None, obj=row))
        change_part(row, form.facts(row.position), by=me(), at=now())

    def shown(status: int) -> ResponseReturnValue:
        if status == 409:  # noqa: PLR2004 -- refused
            show_both(form, PARTS[part](None, obj=row))
        return render_template(f"desk/settings/{PAGES[part]}.html", meeting=meeting, form=form, row=row), status

    return shown(200) if not is_sent else answered(form, save, shown, to(meeting, part))


def list_of(meeting: Meeting, part: str, form: Form | None = None) -> str:
    """The page of one kind, with what was typed where something was wrong, or what was refused."""
    people = (
        {"staff": staff_of(meeting), "past_staff": past_staff_of(meeting), "roles": STAFF} if part == "staff" else {}
    )
    adding = form if isinstance(form, ADDED[part]) else ADDED[part]()
    return render_template(f"desk/settings/{part}.html", meeting=meeting, form=form, adding=adding, **people)


def done(meeting: Meeting, act: Callable[[], object], part: str) -> ResponseReturnValue:
    """Do what a button says and go back to the list, or show why it could not be done."""
    return pressed(act, lambda form: list_of(meeting, part, form), to(meeting, part))


def to(meeting: Meeting, part: str) -> str:
    return url_for("settings.listed", slug=meeting.slug, part=part)


def body_of(meeting: Meeting, code: str) -> Body:
    return next((one for one in meeting.bodies if one.code == code), None) or abort(404)


def room_of(meeting: Meeting, code: str) -> Room:
    return next((one for one in meeting.rooms if one.code == code), None) or abort(404)


def me() -> Person:
    return current_person() or abort(404)
