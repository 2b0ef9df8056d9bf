"""The themes of a meeting in its settings: sets taken and dropped, written, put in order, removed."""

from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.manage import me
from eventapp.desk.order import place_asked
from eventapp.desk.themes.actions import add_set, drop_set, name_set, place_set, take_set
from eventapp.desk.themes.forms import NamedForm, set_form
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt, pressed
from eventapp.ground.web.editing.edited import edited
from eventapp.ground.web.forms import Form
from eventapp.meeting_file.themes.queries import uses_of
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.meetings.themes.content import SHIPPED, ThemeSet
from eventapp.meetings.themes.queries import themes_of

bp = Blueprint("meeting_themes", __name__, url_prefix="/meetings/<slug>/manage/settings/themes")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every set in its order, and the shipped ones that the meeting does not have."""
    return listed(meeting)


@bp.get("/new")
@with_meeting(may=run_meeting)
def new(meeting: Meeting) -> ResponseReturnValue:
    """The form of one more set."""
    return adding(meeting, set_form(meeting, None))


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    form = set_form(meeting, None, request.form)
    if not form.validate():
        return adding(meeting, form), 422
    code = attempt(form, lambda: add_set(meeting, form.named(), by=me(), at=now()))
    return redirect(to_set(meeting, code), 303) if code else (adding(meeting, form), 409)


@bp.get("/<code>")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting, code: str) -> ResponseReturnValue:
    """One set: its name, and its themes in their order."""
    one = set_of(meeting, code)
    return page(meeting, one, set_form(meeting, one))


@bp.post("/<code>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, code: str) -> ResponseReturnValue:
    form = set_form(meeting, written_set(meeting, code), request.form)

    def save() -> None:
        name_set(meeting, code, form.named(), by=me(), at=now())

    return edited(
        form,
        lambda: set_form(meeting, set_of(meeting, code)),
        save,
        lambda: page(meeting, set_of(meeting, code), form),
        to_set(meeting, code),
        held=meeting,
    )


@bp.post("/<code>/taking")
@with_meeting(may=run_meeting)
def take(meeting: Meeting, code: str) -> ResponseReturnValue:
    """Have a shipped set."""
    return done(meeting, lambda: take_set(meeting, code, by=me(), at=now()))


@bp.post("/<code>/place")
@with_meeting(may=run_meeting)
def place(meeting: Meeting, code: str) -> ResponseReturnValue:
    """To another place: the one that is named, or one up or down."""
    to = place_asked(themes_of(meeting).sets.index(set_of(meeting, code)) + 1)
    return done(meeting, lambda: place_set(meeting, code, to, by=me(), at=now()))


@bp.post("/<code>/removal")
@with_meeting(may=run_meeting)
def remove(meeting: Meeting, code: str) -> ResponseReturnValue:
    set_of(meeting, code)
    return done(meeting, lambda: drop_set(meeting, code, by=me(), at=now()))


def done(meeting: Meeting, act: Callable[[], None]) -> ResponseReturnValue:
    """Do what a button says and go back to the list, or show why it could not be done."""
    return pressed(act, lambda form: listed(meeting, form), url_for(".index", slug=meeting.slug))


def listed(meeting: Meeting, form: Form | None = None) -> str:
    themes = themes_of(meeting)
    here = {one.code for one in themes.sets}
    return render_template(
        "desk/themes/index.html",
        meeting=meeting,
        form=form,
        themes=themes,
        uses=uses_of(meeting),
        others=[one for one in SHIPPED.sets if one.code not in here],
    )


def adding(meeting: Meeting, form: NamedForm) -> str:
    return render_template("desk/themes/new.html", meeting=meeting, form=form)


def page(meeting: Meeting, one: ThemeSet, form: NamedForm, undone: Form | None = None) -> str:
    return render_template(
        "desk/themes/edit.html",
        meeting=meeting,
        one=one,
        form=form,
        undone=undone,
        goals=themes_of(meeting).goals,
        uses=uses_of(meeting),
    )


def set_of(meeting: Meeting, code: str) -> ThemeSet:
    return next((one for one in themes_of(meeting).sets if one.code == code), None) or abort(404)


def written_set(meeting: Meeting, code: str) -> ThemeSet:
    """The set, where it is one of the meeting's own."""
    one = set_of(meeting, code)
    return abort(404) if one.is_shipped else one


def to_set(meeting: Meeting, code: str) -> str:
    return url_for("meeting_themes.edit", slug=meeting.slug, code=code)
