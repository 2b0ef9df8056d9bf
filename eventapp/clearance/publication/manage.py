"""Publishing a report: what stands in the way, and the deed."""

from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.clearance.checking.findings import StoredFindings, read
from eventapp.clearance.checking.queries import check_of
from eventapp.clearance.forms import PublicationForm
from eventapp.clearance.publication.actions import publish_as
from eventapp.clearance.publication.outcome import outcome_of
from eventapp.clearance.queries import ClearanceProgress, progress_of, readers_of, waiting_on
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt_apart
from eventapp.ground.web.forms import Form
from eventapp.people.current import current_person
from eventapp.review.editor.comments.queries import threads_of
from eventapp.review.reports.access import with_report
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import chapters_of
from eventapp.review.reports.rules import edit_review, publish_review
from eventapp.review.tasks.models import CHECK, PUBLISH
from eventapp.review.tasks.queries import is_large
from eventapp.review.tasks.views import CHECKED_FOR, handed_over
from eventapp.review.versions.checks import Findings, findings
from eventapp.review.versions.publication import why_not

bp = Blueprint("clearance_publication", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.get("/publication")
@with_report(may=publish_review)
def show(report: Report) -> ResponseReturnValue:
    """What publishing does, and where the report stands: read before it is done, for it cannot be undone."""
    return last_look(report)


@bp.post("/publication")
@with_report(may=publish_review)
def create(report: Report) -> ResponseReturnValue:
    """Publish the report as it stands, as the draft or adopted text it was said to be; a large one by the worker."""
    form = PublicationForm(request.form)
    if not form.validate():
        return last_look(report, form), 422
    if is_large(report.meeting):
        return handed_over(report, PUBLISH, wanted=form.said.data or "")
    published = attempt_apart(form, lambda: publish_as(report, form.said.data or "", by=current_person(), at=now()))
    if published is None:
        return last_look(report, form), 409
    for words, tone in outcome_of(published.edition.version, published.held_back, report.meeting):
        flash(words, tone)
    return redirect(url_for("review_editor.show", slug=report.meeting.slug, report=report.name), 303)


@bp.post("/check")
@with_report(may=edit_review)
def check(report: Report) -> ResponseReturnValue:
    """Let the worker look through a large report; `page` is the one that shows what it found."""
    page = request.form.get("page", "")
    return handed_over(report, CHECK, wanted=page if page in CHECKED_FOR else "publication")


class Looked(NamedTuple):
    """What there is to say about a report before it is published."""

    found: Findings | StoredFindings
    why_not: str
    at: datetime | None  # when the worker looked; None where it is looked through for this page


def looked_through(report: Report, reached: ClearanceProgress, at: datetime) -> Looked | None:
    """Return what there is to say; None of a large report that changed since the worker looked through it."""
    if is_large(report.meeting):
        stored = check_of(report, at)
        return Looked(read(stored.findings), stored.why_not, stored.at) if stored else None
    chapters = chapters_of(report)
    found = findings(report, chapters)
    return Looked(found, why_not(report, chapters, found, at=at, adopted=reached.is_adopted), None)


def last_look(report: Report, form: Form | None = None) -> str:
    readers, at = readers_of(report), now()
    reached = progress_of(report, readers)
    looked = looked_through(report, reached, at)
    return render_template(
        "clearance/publication.html",
        meeting=report.meeting,
        report=report,
        standing=reached,
        why_not=looked.why_not if looked else "",
        readers=readers,
        waiting=len(waiting_on(report)),
        found=looked.found if looked else None,
        checked_at=looked.at if looked else None,
        comments=sum(one.settled_at is None for thread in threads_of(report).values() for one in thread),
        form=form,
    )
