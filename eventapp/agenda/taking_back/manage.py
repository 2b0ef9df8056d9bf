"""An organizer takes the draft back to a version: what that changes is shown first, and it can be undone."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from eventapp.agenda.models import Release
from eventapp.agenda.planning.day import in_words
from eventapp.agenda.queries import mark_of_draft, release_numbered
from eventapp.agenda.releases.changes import ChangeLine
from eventapp.agenda.releases.content import session_content
from eventapp.agenda.releases.difference import change_of, changes
from eventapp.agenda.taking_back.actions import take_back, undo
from eventapp.agenda.taking_back.planning import WayBack, way_back
from eventapp.agenda.taking_back.queries import newest_taken_back
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import answered, attempt
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("agenda_taking_back", __name__, url_prefix="/meetings/<slug>/manage/agenda/releases")
bp.add_app_template_global(newest_taken_back)

SHOWN = 100  # lines and sentences of a kind; the rest is counted


class TakeBackForm(Form):
    """How the draft stood when the page was opened."""

    seen = HiddenField()


@bp.get("/<int:number>/draft")
@with_meeting(may=run_meeting)
def show(meeting: Meeting, number: int) -> ResponseReturnValue:
    """What taking the draft back to this version changes, and what cannot be brought back."""
    return page(meeting, release_of(meeting, number), TakeBackForm())


@bp.post("/<int:number>/draft")
@with_meeting(may=run_meeting)
def create(meeting: Meeting, number: int) -> ResponseReturnValue:
    """Take it back."""
    release, form = release_of(meeting, number), TakeBackForm(request.form)

    def save() -> None:
        take_back(meeting, release, by=current_person(), at=now(), seen=form.seen.data or "")

    def again(status: int) -> ResponseReturnValue:
        return page(meeting, release, form), status

    return answered(form, save, again, url_for("agenda_releases.index", slug=meeting.slug))


@bp.post("/undo")
@with_meeting(may=run_meeting)
def restore(meeting: Meeting) -> ResponseReturnValue:
    """Make the draft what it was before it was taken back last."""
    row, form = newest_taken_back(meeting), Form()
    if row and str(row.id) == request.form.get("taken", ""):  # else it was undone already
        stay = attempt(form, lambda: undo(row, by=current_person(), at=now()))
        if stay:
            flash(_("Somebody changed %(codes)s since: they stay as they are.", codes=", ".join(stay)), "wait")
        elif form.refusal:
            flash(form.refusal, "stop")
    return redirect(url_for("agenda_releases.index", slug=meeting.slug), 303)


def release_of(meeting: Meeting, number: int) -> Release:
    return release_numbered(meeting.id, number) or abort(404)


def page(meeting: Meeting, release: Release, form: TakeBackForm) -> str:
    form.seen.data = mark_of_draft(meeting)
    found = way_back(meeting, release)
    lines = lines_of(meeting, found)
    return render_template(
        "agenda/taking_back.html",
        meeting=meeting,
        release=release,
        form=form,
        found=found,
        lines=lines[:SHOWN],
        more=len(lines) - len(lines[:SHOWN]),
        shown=SHOWN,
    )


def lines_of(meeting: Meeting, found: WayBack) -> list[ChangeLine]:
    """What becomes of the sessions that the version has, in words."""
    found_changes = [
        change_of(before, after, is_same_body=before["body"] == after["body"])
        for before, after in ((session_content(one.session), one.after) for one in found.targets)
    ]
    return in_words(meeting, changes({"sessions": [one for one in found_changes if one]}))
