"""The page of the summary: what the notes make of it, and what an editor writes instead."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.people.current import current_person
from eventapp.review.editor.summary.actions import write_summary
from eventapp.review.editor.summary.forms import SummaryForm
from eventapp.review.first_page.summary import MOST_WORDS, summary, words_in
from eventapp.review.paged.queries import PagedEdition
from eventapp.review.reports.access import with_report
from eventapp.review.reports.editions import edition_of
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import chapters_of
from eventapp.review.reports.rules import edit_review
from eventapp.review.tasks.queries import is_large
from eventapp.review.versions.publication_snapshot import frozen

bp = Blueprint("review_summary", __name__, url_prefix="/meetings/<slug>/review/reports/<report>/summary")


@bp.get("")
@with_report(may=edit_review)
def edit(report: Report) -> ResponseReturnValue:
    """The summary as it would be printed now, to change its words."""
    return page(report, SummaryForm(text="\n\n".join(printed(report)), before=report.summary))


@bp.post("")
@with_report(may=edit_review)
def update(report: Report) -> ResponseReturnValue:
    """Keep the words of the editor, or let the notes make it again where there are none."""
    form = SummaryForm(request.form)
    if not form.validate():
        return page(report, form), 422
    text, before = unbroken(form.text.data), unbroken(form.before.data)
    if not before and text == "\n\n".join(printed(report)):
        text = ""  # nobody changed a word: the notes go on making it
    attempt(form, lambda: write_summary(report, text, before=before, by=current_person(), at=now()))
    if form.refused:
        form.before.data = report.summary
        return page(report, form), 409
    flash(_("The summary is saved.") if text else _("The summary is made from the notes again."), "ok")
    return redirect(url_for(".edit", slug=report.meeting.slug, report=report.name), 303)


def printed(report: Report) -> tuple[str, ...]:
    """The summary as it would be printed now. That of a large meeting is not made for a page: what the newest version
    printed stands for it, if there is one.
    """
    if report.summary:
        return summary(report, (), ())
    if is_large(report.meeting):
        newest = edition_of(report)
        return PagedEdition(newest).front.text.summary if newest else ()
    return frozen(report, chapters_of(report), version=report.version + 1, at=now()).summary


def unbroken(text: str | None) -> str:
    """The text with one sort of line break, as browsers send two."""
    return (text or "").replace("\r\n", "\n").strip()


def page(report: Report, form: SummaryForm) -> str:
    return render_template(
        "review/summary.html",
        meeting=report.meeting,
        report=report,
        form=form,
        words=words_in([form.text.data or ""]),
        most=MOST_WORDS,
        waits=is_large(report.meeting),
    )
