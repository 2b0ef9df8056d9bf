"""The languages of a meeting: added by name, put in order, taken out; their texts stay until they are deleted."""

from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.languages.actions import add_language, delete_texts, place_language, take_language_out
from eventapp.desk.languages.forms import LanguageForm
from eventapp.desk.languages.queries import texts_by_language
from eventapp.desk.manage import me
from eventapp.desk.order import mark_of_list, place_asked, refuse_older_list
from eventapp.desk.texts.queries import missing_texts
from eventapp.ground.clock import now
from eventapp.ground.db import lock
from eventapp.ground.text.languages import language_named
from eventapp.ground.web.attempt import answered, attempt
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.vocabulary.tongues import TONGUES, offered

bp = Blueprint("meeting_languages", __name__, url_prefix="/meetings/<slug>/manage/settings/languages")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every language in its order, and those that were taken out and have texts."""
    return listed(meeting)


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    """One more, at the end."""
    form = LanguageForm(request.form)

    def save() -> None:
        add_language(meeting, form.code, by=me(), at=now())

    return answered(form, save, lambda status: (listed(meeting, form), status), to_list(meeting))


@bp.post("/<tongue>/place")
@with_meeting(may=run_meeting)
def place(meeting: Meeting, tongue: str) -> ResponseReturnValue:
    """To another place: the one that is named, or one up or down."""

    def move() -> None:
        to = place_asked(meeting.languages.index(known(meeting, tongue)) + 1)
        place_language(meeting, tongue, to, by=me(), at=now())

    return done(meeting, move)


@bp.post("/<tongue>/removal")
@with_meeting(may=run_meeting)
def remove(meeting: Meeting, tongue: str) -> ResponseReturnValue:
    return done(meeting, lambda: take_language_out(meeting, known(meeting, tongue), by=me(), at=now()))


@bp.post("/<tongue>/texts/removal")
@with_meeting(may=run_meeting)
def remove_texts(meeting: Meeting, tongue: str) -> ResponseReturnValue:
    """Delete what is written in a language that was taken out."""
    return done(meeting, lambda: delete_texts(meeting, tongue, by=me(), at=now()))


def done(meeting: Meeting, act: Callable[[], None]) -> ResponseReturnValue:
    """Do what a button says and go back to the list, or show why it could not be done."""
    form = Form()

    def act_on_what_was_seen() -> None:
        lock(meeting)
        refuse_older_list(meeting.languages)
        act()

    attempt(form, act_on_what_was_seen)
    return (listed(meeting, form), 409) if form.refused else redirect(to_list(meeting), 303)


def listed(meeting: Meeting, form: Form | None = None) -> str:
    counts = texts_by_language(meeting)
    return render_template(
        "desk/settings/languages.html",
        meeting=meeting,
        form=form,
        adding=form if isinstance(form, LanguageForm) else LanguageForm(),
        offered=offered(meeting.languages),
        missing={code: sum(kinds.values()) for code, kinds in missing_texts(meeting).items()},
        taken_out={code: count for code, count in counts.items() if code not in meeting.languages},
        named=language_named,
        seen=mark_of_list(meeting.languages),
        own=TONGUES,
    )


def known(meeting: Meeting, tongue: str) -> str:
    return tongue if tongue in meeting.languages else abort(404)


def to_list(meeting: Meeting) -> str:
    return url_for(".index", slug=meeting.slug)
