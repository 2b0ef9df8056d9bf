"""The chapters of a report that a meeting has of its own: listed, added, changed, put in order, removed."""

from collections.abc import Callable

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.chapters.actions import (
    add_chapter,
    change_chapter,
    kinds_naming,
    place_chapter,
    remove_chapter,
)
from eventapp.desk.chapters.forms import POLICY, BeginningForm, ChapterForm, beginning_form, form_for
from eventapp.desk.manage import me
from eventapp.desk.order import place_asked
from eventapp.ground.clock import now
from eventapp.ground.text.languages import language_named
from eventapp.ground.web.attempt import answered, pressed
from eventapp.ground.web.editing.edited import edited
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting
from eventapp.meetings.chapters.actions import choose_for_reports
from eventapp.meetings.chapters.content import OwnChapter
from eventapp.meetings.chapters.queries import own_chapters
from eventapp.meetings.kinds.queries import kinds_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.review.reports.outlines import STANDARD
from eventapp.review.reports.tailored.queries import outlines_for, places_offered

bp = Blueprint("report_chapters", __name__, url_prefix="/meetings/<slug>/manage/settings/chapters")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every chapter in its order, with the kinds of session that name it, and the outlines that have it."""
    return listed(meeting)


@bp.post("/beginning")
@with_meeting(may=run_meeting)
def begin_with(meeting: Meeting) -> ResponseReturnValue:
    """Keep what a new report begins with."""
    form = BeginningForm(meeting, request.form)

    def save() -> None:
        outline, policy = form.outline.data, form.policy.data
        own = "" if outline == STANDARD else outline, "" if policy == POLICY else policy
        choose_for_reports(meeting, *own, by=me(), at=now())

    return edited(
        form,
        lambda: beginning_form(meeting),
        save,
        lambda: listed(meeting, beginning=form),
        to_list(meeting),
        held=meeting,
    )


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
        add_chapter(meeting, form.content(), by=me(), at=now())

    return answered(form, save, lambda status: (page(meeting, None, form), status), to_list(meeting))


@bp.get("/<code>")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting, code: str) -> ResponseReturnValue:
    """One chapter as a form."""
    one = chapter_of(meeting, code)
    return page(meeting, one, form_for(meeting, one))


@bp.post("/<code>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, code: str) -> ResponseReturnValue:
    form = form_for(meeting, chapter_of(meeting, code), request.form)

    def save() -> None:
        change_chapter(meeting, code, form.content(), by=me(), at=now())

    return edited(
        form,
        lambda: form_for(meeting, chapter_of(meeting, code)),
        save,
        lambda: page(meeting, chapter_of(meeting, code), form),
        to_list(meeting),
        held=meeting,
    )


@bp.post("/<code>/place")
@with_meeting(may=run_meeting)
def place(meeting: Meeting, code: str) -> ResponseReturnValue:
    """To another place: the one that is named, or one up or down."""
    to = place_asked(own_chapters(meeting).index(chapter_of(meeting, code)) + 1)
    return done(meeting, lambda: place_chapter(meeting, code, to, by=me(), at=now()))


@bp.post("/<code>/removal")
@with_meeting(may=run_meeting)
def remove(meeting: Meeting, code: str) -> ResponseReturnValue:
    chapter_of(meeting, code)
    return done(meeting, lambda: remove_chapter(meeting, code, by=me(), at=now()))


def done(meeting: Meeting, act: Callable[[], None]) -> ResponseReturnValue:
    """Do what a button says and go back to the list, or show why it could not be done."""
    return pressed(act, lambda form: listed(meeting, form), to_list(meeting))


def listed(meeting: Meeting, form: Form | None = None, beginning: BeginningForm | None = None) -> str:
    own = own_chapters(meeting)
    codes = {one.code for one in own}
    having = [one.title for one in outlines_for(meeting).values() if any(part.code in codes for part in one.chapters)]
    return render_template(
        "desk/chapters/index.html",
        meeting=meeting,
        form=form,
        beginning=beginning or beginning_form(meeting),
        own=own,
        titles=places_offered(),
        kinds=kinds_by_chapter(meeting),
        having=having,
    )


def page(meeting: Meeting, one: OwnChapter | None, form: ChapterForm) -> str:
    count = len(kinds_naming(meeting, one.code)) if one else 0
    return render_template(
        "desk/chapters/edit.html", meeting=meeting, one=one, form=form, count=count, named=language_named
    )


def kinds_by_chapter(meeting: Meeting) -> dict[str, list[str]]:
    """The names of the kinds of session that belong to each chapter, in the reader's language."""
    found: dict[str, list[str]] = {}
    for one in kinds_of(meeting).values():
        found.setdefault(one.chapter, []).append(one.label)
    return found


def chapter_of(meeting: Meeting, code: str) -> OwnChapter:
    return next((one for one in own_chapters(meeting) if one.code == code), None) or abort(404)


def to_list(meeting: Meeting) -> str:
    return url_for(".index", slug=meeting.slug)
