"""The themes of one set: added, changed, put in order, removed."""

from collections.abc import Callable

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.desk.manage import me
from eventapp.desk.order import place_asked
from eventapp.desk.themes.actions import add_line, change_line, place_line, remove_line
from eventapp.desk.themes.forms import NamedForm, set_form, theme_form
from eventapp.desk.themes.manage import page as page_of_set
from eventapp.desk.themes.manage import set_of, to_set, written_set
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import answered, pressed
from eventapp.ground.web.editing.edited import edited
from eventapp.ground.web.forms import Form
from eventapp.meeting_file.themes.queries import uses_of
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.meetings.themes.content import OwnLine, ThemeSet

bp = Blueprint("theme_lines", __name__, url_prefix="/meetings/<slug>/manage/settings/themes/<code>/lines")


@bp.get("/new")
@with_meeting(may=run_meeting)
def new(meeting: Meeting, code: str) -> ResponseReturnValue:
    """The form of one more theme."""
    return page(meeting, written_set(meeting, code), None, theme_form(meeting, None))


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting, code: str) -> ResponseReturnValue:
    one, form = written_set(meeting, code), theme_form(meeting, None, request.form)

    def save() -> None:
        add_line(meeting, code, form["code"].data, form.named(), by=me(), at=now())

    return answered(form, save, lambda status: (page(meeting, one, None, form), status), to_set(meeting, code))


@bp.get("/<line>")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting, code: str, line: str) -> ResponseReturnValue:
    """One theme as a form."""
    row = line_of(meeting, code, line)
    return page(meeting, set_of(meeting, code), row, theme_form(meeting, row))


@bp.post("/<line>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, code: str, line: str) -> ResponseReturnValue:
    form = theme_form(meeting, line_of(meeting, code, line), request.form)

    def save() -> None:
        change_line(meeting, code, line, form.named(), by=me(), at=now())

    return edited(
        form,
        lambda: theme_form(meeting, line_of(meeting, code, line)),
        save,
        lambda: page(meeting, set_of(meeting, code), line_of(meeting, code, line), form),
        to_set(meeting, code),
        held=meeting,
    )


@bp.post("/<line>/place")
@with_meeting(may=run_meeting)
def place(meeting: Meeting, code: str, line: str) -> ResponseReturnValue:
    """To another place: the one that is named, or one up or down."""
    row = line_of(meeting, code, line)
    to = place_asked(set_of(meeting, code).lines.index(row) + 1)
    return done(meeting, code, lambda: place_line(meeting, code, line, to, by=me(), at=now()))


@bp.post("/<line>/removal")
@with_meeting(may=run_meeting)
def remove(meeting: Meeting, code: str, line: str) -> ResponseReturnValue:
    line_of(meeting, code, line)
    return done(meeting, code, lambda: remove_line(meeting, code, line, by=me(), at=now()))


def done(meeting: Meeting, code: str, act: Callable[[], None]) -> ResponseReturnValue:
    """Do what a button says and go back to the set, or show why it could not be done."""

    def again(form: Form) -> str:
        one = set_of(meeting, code)
        return page_of_set(meeting, one, set_form(meeting, one), form)

    return pressed(act, again, to_set(meeting, code))


def page(meeting: Meeting, one: ThemeSet, row: OwnLine | None, form: NamedForm) -> str:
    count = uses_of(meeting).of(row.code) if row else 0
    return render_template("desk/themes/line.html", meeting=meeting, one=one, row=row, form=form, count=count)


def line_of(meeting: Meeting, code: str, line: str) -> OwnLine:
    return next((one for one in set_of(meeting, code).lines if one.code == line), None) or abort(404)
