"""The kinds of session of a meeting: listed, added, changed, put in order, removed."""

from collections.abc import Callable

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.kinds.actions import add_kind, change_kind, place_kind, take_kind_away
from eventapp.desk.kinds.forms import KindForm, form_for
from eventapp.desk.kinds.queries import sessions_by_kind
from eventapp.desk.manage import me
from eventapp.desk.order import place_asked
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import answered, pressed
from eventapp.ground.web.editing.edited import edited
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting
from eventapp.meetings.kinds.queries import rows_of
from eventapp.meetings.models import Meeting, SessionKind
from eventapp.meetings.rules import run_meeting
from eventapp.review.reports.tailored.queries import chapter_titles
from eventapp.vocabulary.sessions import BREAK

bp = Blueprint("session_kinds", __name__, url_prefix="/meetings/<slug>/manage/settings/kinds")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every kind in its order, with how many sessions are of it."""
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
        add_kind(meeting, form.content(), by=me(), at=now())

    return answered(form, save, lambda status: (page(meeting, None, form), status), to_list(meeting))


@bp.get("/<code>")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting, code: str) -> ResponseReturnValue:
    """One kind as a form."""
    row = kind_of(meeting, code)
    return page(meeting, row, form_for(meeting, row))


@bp.post("/<code>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, code: str) -> ResponseReturnValue:
    form = form_for(meeting, kind_of(meeting, code), request.form)

    def save() -> None:
        change_kind(meeting, code, form.content(), by=me(), at=now())

    return edited(
        form,
        lambda: form_for(meeting, kind_of(meeting, code)),
        save,
        lambda: page(meeting, kind_of(meeting, code), form),
        to_list(meeting),
        held=meeting,
    )


@bp.post("/<code>/place")
@with_meeting(may=run_meeting)
def place(meeting: Meeting, code: str) -> ResponseReturnValue:
    """To another place: the one that is named, or one up or down."""
    kind_of(meeting, code)
    to = place_asked([one.code for one in rows_of(meeting)].index(code) + 1)
    return done(meeting, lambda: place_kind(meeting, code, to, by=me(), at=now()))


@bp.post("/<code>/removal")
@with_meeting(may=run_meeting)
def remove(meeting: Meeting, code: str) -> ResponseReturnValue:
    kind_of(meeting, code)
    return done(meeting, lambda: take_kind_away(meeting, code, by=me(), at=now()))


def done(meeting: Meeting, act: Callable[[], None]) -> ResponseReturnValue:
    """Do what a button says and go back to the list, or show why it could not be done."""
    return pressed(act, lambda form: listed(meeting, form), to_list(meeting))


def listed(meeting: Meeting, form: Form | None = None) -> str:
    return render_template(
        "desk/kinds/index.html",
        meeting=meeting,
        form=form,
        kinds=rows_of(meeting),
        counts=sessions_by_kind(meeting),
        chapters=chapter_titles(meeting),
        is_break=lambda kind: kind.code == BREAK,
    )


def page(meeting: Meeting, row: SessionKind | None, form: KindForm) -> str:
    count = sessions_by_kind(meeting).get(row.code, 0) if row else 0
    return render_template(
        "desk/kinds/edit.html",
        meeting=meeting,
        row=row,
        form=form,
        count=count,
        is_break=bool(row and row.code == BREAK),
    )


def kind_of(meeting: Meeting, code: str) -> SessionKind:
    return next((one for one in rows_of(meeting) if one.code == code), None) or abort(404)


def to_list(meeting: Meeting) -> str:
    return url_for(".index", slug=meeting.slug)
