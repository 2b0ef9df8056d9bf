"""The files of a long official list for whoever reads it: asked for, looked at while they are made, and fetched."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.jobs.leased import DONE
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.ground.web.pages import Address
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import order, stop
from eventapp.meetings.rules import run_meeting
from eventapp.official_list.files.making import LIST, asked_for, is_made_apart, wanted_of
from eventapp.official_list.formats.values import title_of
from eventapp.official_list.rules import read_list
from eventapp.official_list.views import version_or_404
from eventapp.people.current import current_person

bp = Blueprint("official_list_files", __name__, url_prefix="/meetings/<slug>/list-of-participants/<int:number>/files")


@bp.get("/<tongue>.<ending>")
@with_meeting(may=read_list)
def show(meeting: Meeting, number: int, tongue: str, ending: str) -> ResponseReturnValue:
    """How far the worker is with a file, and where it is fetched."""
    version = version_or_404(meeting, number, tongue, ending)
    place: Address = {"tongue": tongue, "ending": ending}
    if not is_made_apart(version):
        return redirect(url_for("official_list.file", slug=meeting.slug, number=number, **place))
    words = {"row": asked_for(version, tongue, ending), "version": version, "title": title_of(version), **place}
    answer = render_template("official_list/file.html", meeting=meeting, **words)
    return answer, {"Cache-Control": "no-store, private"}


@bp.post("/<tongue>.<ending>")
@with_meeting(may=read_list, even_closed=True)
def create(meeting: Meeting, number: int, tongue: str, ending: str) -> ResponseReturnValue:
    """Ask the worker for the file, unless it is there already, and look on."""
    version = version_or_404(meeting, number, tongue, ending)
    before = asked_for(version, tongue, ending)
    if is_made_apart(version) and not (before and before.state == DONE):
        key = wanted_of(version, tongue, ending).key
        attempt(Form(), lambda: order(meeting, LIST, key, by=current_person(), at=now()))
    return redirect(url_for(".show", slug=meeting.slug, number=number, tongue=tongue, ending=ending), 303)


@bp.post("/<tongue>.<ending>/stop")
@with_meeting(may=run_meeting, even_closed=True)
def stopping(meeting: Meeting, number: int, tongue: str, ending: str) -> ResponseReturnValue:
    """Stop what the worker has not made yet; whoever reads the list may ask for it again."""
    row = asked_for(version_or_404(meeting, number, tongue, ending), tongue, ending)
    if row:
        attempt(Form(), lambda: stop(row, by=current_person() or abort(404), at=now()))
    return redirect(url_for(".show", slug=meeting.slug, number=number, tongue=tongue, ending=ending), 303)
