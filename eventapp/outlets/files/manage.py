"""The files of an outlet of a large meeting: asked for, looked at while they are made, and fetched."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.jobs.leased import DONE
from eventapp.ground.web import downloads
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import order, stop
from eventapp.meetings.prepared.queries import content_of, file_of
from eventapp.outlets.files.making import OUTLET, Wanted, wanted_in
from eventapp.outlets.submissions import KINDS, OUTLETS, why_not
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.review.formats.writers import FORMATS
from eventapp.review.reports.rules import edit_review
from eventapp.review.tasks.queries import is_large
from eventapp.vocabulary.notes import CEILINGS

bp = Blueprint("outlet_files", __name__, url_prefix="/meetings/<slug>/review/outlets/files")


@bp.post("")
@with_meeting(may=edit_review)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Ask the worker for a file of a large meeting, and look on; that of another is made at once."""
    wanted = Wanted(*(request.form.get(name, "") for name in Wanted._fields))
    is_one = wanted.outlet in OUTLETS and wanted.ending in FORMATS and wanted.policy in CEILINGS
    if not is_one or why_not(meeting, wanted.outlet):  # its page says which there are, and why not
        return redirect(url_for("outlets.index", slug=meeting.slug), 303)
    if not is_large(meeting):
        return redirect(url_for("outlets.download", slug=meeting.slug, **wanted._asdict()), 303)
    row = attempt(Form(), lambda: order(meeting, OUTLET, wanted.key, by=me(), at=now()))
    assert row is not None  # noqa: S101 -- it refuses nothing
    return redirect(url_for(".show", slug=meeting.slug, number=row.id), 303)


@bp.get("/<int(max=999999999):number>")
@with_meeting(may=edit_review)
def show(meeting: Meeting, number: int) -> ResponseReturnValue:
    """How far the worker is with a file; once it is made, where it is fetched."""
    row = file_of(meeting, number, OUTLET) or abort(404)
    wanted = wanted_in(row.wanted)
    kind = KINDS[wanted.outlet]
    return render_template("outlets/file.html", meeting=meeting, row=row, wanted=wanted, kind=kind)


@bp.post("/<int(max=999999999):number>/stop")
@with_meeting(may=edit_review)
def stopping(meeting: Meeting, number: int) -> ResponseReturnValue:
    """Stop what the worker has not made yet."""
    row = file_of(meeting, number, OUTLET) or abort(404)
    attempt(Form(), lambda: stop(row, by=me(), at=now()))
    return redirect(url_for(".show", slug=meeting.slug, number=number), 303)


@bp.get("/<int(max=999999999):number>/file")
@with_meeting(may=edit_review)
def fetch(meeting: Meeting, number: int) -> ResponseReturnValue:
    """The file as the worker made it."""
    row = file_of(meeting, number, OUTLET) or abort(404)
    if row.state != DONE:
        abort(404)
    wanted = wanted_in(row.wanted)
    name = f"{meeting.slug}-{wanted.outlet}.{wanted.ending}"
    return downloads.download(name, FORMATS[wanted.ending].media_type, content_of(row.id))


def me() -> Person:
    return current_person() or abort(404)
