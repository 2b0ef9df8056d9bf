"""Publishing a report: what it would say, what stands in the way, and the deed."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.balance.counting.stages import STAGES
from eventapp.clearance.forms import PublicationForm
from eventapp.clearance.publication.actions import publish_as
from eventapp.clearance.queries import (
    progress_of,
    readers_of,
    waiting_on,
)
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt_apart
from eventapp.ground.web.forms import Form
from eventapp.people.current import current_person
from eventapp.review.formats.page import WORDS
from eventapp.review.language.data import written_in
from eventapp.review.reports.access import with_report
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import chapters_of, left_out, notes_for, threads_of
from eventapp.review.reports.rules import edit_review, publish_review
from eventapp.review.versions.checks import findings
from eventapp.review.versions.publication import why_not
from eventapp.review.versions.publication_snapshot import frozen, marked_as_draft

bp = Blueprint("clearance_publication", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.get("/preview")
@with_report(may=edit_review)
def preview(report: Report) -> ResponseReturnValue:
    """The report as it would be published now."""
    today, chapters = now().astimezone(report.meeting.tz).date(), chapters_of(report)
    adopted = progress_of(report, []).is_adopted
    text = frozen(report, chapters, version=report.version + 1, on=today, adopted=adopted)
    with written_in(text.language):
        printed = marked_as_draft(text, at=now())  # whoever prints the page has a paper that says what it is
        return render_template("review/preview.html", meeting=report.meeting, report=report, text=printed, **WORDS)


@bp.get("/publication")
@with_report(may=publish_review)
def show(report: Report) -> ResponseReturnValue:
    """What publishing does, and where the report stands: read before it is done, for it cannot be undone."""
    return last_look(report)


@bp.post("/publication")
@with_report(may=publish_review)
def create(report: Report) -> ResponseReturnValue:
    """Publish the report as it stands, as the draft or the adopted text that it was said to be."""
    form = PublicationForm(request.form)
    if not form.validate():
        return last_look(report, form), 422
    published = attempt_apart(form, lambda: publish_as(report, form.said.data or "", by=current_person(), at=now()))
    if published is None:
        return last_look(report, form), 409
    edition, held_back = published
    flash(_("Version %(number)s is published.", number=edition.version), "ok")
    if not report.meeting.is_published:
        flash(_("The meeting is not public, so only those who work at it can open the report."), "wait")
    if held_back:
        flash(_held_back(held_back), "wait")
    return redirect(url_for("review_editor.show", slug=report.meeting.slug, report=report.name), 303)


def _held_back(stages: Sequence[str]) -> str:
    return _(
        "The public balance leaves out from now on: %(stages)s. "
        "Beside the list of participants in this version the numbers would tell of fewer than five people.",
        stages=", ".join(str(STAGES[stage]) for stage in stages),
    )


def last_look(report: Report, form: Form | None = None) -> str:
    readers, chapters = readers_of(report), chapters_of(report)
    reached = progress_of(report, readers)
    return render_template(
        "clearance/publication.html",
        meeting=report.meeting,
        report=report,
        standing=reached,
        why_not=why_not(report, at=now(), adopted=reached.is_adopted),
        readers=readers,
        waiting=len(waiting_on(report)),
        found=findings(report, chapters, notes_for(report), left_out(report)),
        comments=sum(one.settled_at is None for thread in threads_of(report).values() for one in thread),
        form=form,
    )
