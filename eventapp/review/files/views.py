"""The files of a long published report for everybody: asked for, looked at while they are made, and fetched."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.meetings.prepared.actions import order, stop
from eventapp.meetings.rules import see_meeting
from eventapp.people.current import current_person
from eventapp.review.files.making import FILE, asked_for, is_made_apart, made, wanted_of
from eventapp.review.formats.writers import FORMATS
from eventapp.review.paged.queries import PagedEdition
from eventapp.review.reports.access import with_report
from eventapp.review.reports.models import Report
from eventapp.review.reports.rules import edit_review
from eventapp.review.views import edition_or_404

bp = Blueprint("report_files", __name__, url_prefix="/meetings/<slug>/reports/<report>/files")


@bp.get(f"/<any({', '.join(FORMATS)}):ending>")
@with_report(may=see_meeting)
def show(report: Report, ending: str) -> ResponseReturnValue:
    """How far the worker is with a file, and where it is fetched; ?version= is an earlier version."""
    paged = PagedEdition(edition_or_404(report))
    if not is_made_apart(report, paged):
        return redirect(at_once(report, ending))
    row = asked_for(report, wanted_of(report, paged, ending))
    words = {"row": row, "ending": ending, "edition": paged.edition, "version": request.args.get("version", type=int)}
    answer = render_template("review/file.html", meeting=report.meeting, report=report, text=paged.front.text, **words)
    return answer, {"Cache-Control": "no-store, private"}


@bp.post(f"/<any({', '.join(FORMATS)}):ending>")
@with_report(may=see_meeting)
def create(report: Report, ending: str) -> ResponseReturnValue:
    """Ask the worker for the file, unless it is there already, and look on."""
    paged = PagedEdition(edition_or_404(report))
    wanted = wanted_of(report, paged, ending)
    if is_made_apart(report, paged) and not made(report, wanted):
        attempt(Form(), lambda: order(report.meeting, FILE, wanted.key, by=current_person(), at=now()))
    return redirect(here(report, ending), 303)


@bp.post(f"/<any({', '.join(FORMATS)}):ending>/stop")
@with_report(may=edit_review)
def stopping(report: Report, ending: str) -> ResponseReturnValue:
    """Stop what the worker has not made yet; whoever reads the report may ask for it again."""
    row = asked_for(report, wanted_of(report, PagedEdition(edition_or_404(report)), ending))
    if row:
        attempt(Form(), lambda: stop(row, by=current_person() or abort(404), at=now()))
    return redirect(here(report, ending), 303)


def here(report: Report, ending: str) -> str:
    version = request.args.get("version", type=int)
    return url_for("report_files.show", slug=report.meeting.slug, report=report.name, ending=ending, version=version)


def at_once(report: Report, ending: str) -> str:
    version = request.args.get("version", type=int)
    return url_for("review.download", slug=report.meeting.slug, report=report.name, ending=ending, version=version)
