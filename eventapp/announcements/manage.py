"""Announcements as organizers write them, and what stands above every public page."""

from datetime import timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.announcements import actions
from eventapp.announcements.forms import AnnouncementForm, form_for, form_of
from eventapp.announcements.models import SHOWN, Announcement
from eventapp.announcements.queries import announcement_at, announcements_of
from eventapp.ground.clock import now
from eventapp.ground.text.languages import language_named
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.editing.both_versions import show_both
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.local_time import words_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.people.models import Person

bp = Blueprint("announcements", __name__, url_prefix="/meetings/<slug>/manage/announcements")
with_announcement = with_row(announcement_at, may=run_meeting)


@bp.app_context_processor
def above_pages() -> dict[str, object]:
    """For the frame of public pages."""
    return {"announced": announced}


def announced(meeting: Meeting) -> list[Announcement]:
    """What stands above the pages of this meeting now, the first to begin first."""
    at = now()
    return [row for row in reversed(announcements_of(meeting)) if row.state_at(at) == SHOWN]


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every announcement, and a form for another."""
    at, zone = now(), meeting.tz
    times = {"starts_at": words_of(at.replace(second=0, microsecond=0), zone)}
    times["ends_at"] = words_of((at + timedelta(days=1)).replace(second=0, microsecond=0), zone)
    return listed(meeting, form_for(meeting, None, **times))


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    form = form_for(meeting, request.form)
    if not form.validate():
        return listed(meeting, form), 422
    attempt(form, lambda: actions.announce(meeting, form.content(), by=me(), at=now()))
    return (listed(meeting, form), 409) if form.refused else to_list(meeting)


@bp.get("/<int(max=999999999):number>")
@with_announcement
def show(row: Announcement) -> ResponseReturnValue:
    """One announcement as a form."""
    return one(row, form_of(row))


@bp.post("/<int(max=999999999):number>")
@with_announcement
def update(row: Announcement) -> ResponseReturnValue:
    form = form_of(row, request.form)
    if not form.validate():
        return one(row, form), 422
    attempt(form, lambda: actions.change(row, form.content(), figure(form.version.data), by=me(), at=now()))
    if form.refused:
        form.version.data = str(row.version)
        show_both(form, form_of(row))
        return one(row, form), 409
    return to_list(row.meeting)


@bp.post("/<int(max=999999999):number>/end")
@with_announcement
def end(row: Announcement) -> ResponseReturnValue:
    """Show it no longer."""
    meeting, form = row.meeting, Form()
    attempt(form, lambda: actions.take_down(row, by=me(), at=now()))
    if form.refused:
        return one(row, form_of(row), form.refusal), 409
    return to_list(meeting)


def listed(meeting: Meeting, form: AnnouncementForm) -> str:
    rows = announcements_of(meeting)
    return render_template(
        "announcements/index.html", meeting=meeting, rows=rows, form=form, at=now(), named=language_named
    )


def one(row: Announcement, form: AnnouncementForm, refusal: str = "") -> str:
    form.refusal = form.refusal or refusal
    return render_template(
        "announcements/show.html", meeting=row.meeting, row=row, form=form, at=now(), named=language_named
    )


def to_list(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for(".index", slug=meeting.slug), 303)


def me() -> Person:
    return current_person() or abort(404)
