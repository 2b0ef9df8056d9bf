"""The settings page of the head of the papers: of the meeting, and of each body where its own differs."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.masthead.forms import MastheadForm, MeetingMastheadForm
from eventapp.ground.clock import now
from eventapp.ground.web.editing.edited import edited
from eventapp.meetings.access import with_meeting
from eventapp.meetings.actions import change_masthead
from eventapp.meetings.models import Body, Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("masthead", __name__, url_prefix="/meetings/<slug>/manage/settings/masthead")


@bp.route("", methods=["GET", "POST"])
@with_meeting(may=run_meeting)
def edit(meeting: Meeting) -> ResponseReturnValue:
    """The head of every paper of the meeting."""
    if request.method == "POST":
        return saved(meeting, meeting, MeetingMastheadForm(request.form))
    return page(meeting, meeting, MeetingMastheadForm.of(meeting))


@bp.route("/<code>", methods=["GET", "POST"])
@with_meeting(may=run_meeting)
def edit_body(meeting: Meeting, code: str) -> ResponseReturnValue:
    """What is different in the papers of one body."""
    body = next((one for one in meeting.bodies if one.code == code), None) or abort(404)
    if request.method == "POST":
        return saved(meeting, body, MastheadForm(request.form))
    return page(meeting, body, MastheadForm.of(body))


def saved(meeting: Meeting, row: Body | Meeting, form: MastheadForm) -> ResponseReturnValue:
    def save() -> None:
        change_masthead(row, form.facts(), by=current_person(), at=now())

    return edited(
        form, lambda: form.of(row), save, lambda: page(meeting, row, form), url_for("settings.index", slug=meeting.slug)
    )


def page(meeting: Meeting, row: Body | Meeting, form: MastheadForm) -> str:
    body = row if isinstance(row, Body) else None
    return render_template("desk/settings/masthead.html", meeting=meeting, body=body, form=form)
