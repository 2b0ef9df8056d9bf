"""The findings of one closed chapter, looked for as they are for an open one, when the script of the page asks.

The page counts what it can by the evidence alone, for it costs what it shows; the words of closed chapters are read
chapter by chapter, once the page is there.
"""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from eventapp.review.editor.page.views import has_fault
from eventapp.review.reports.access import with_report
from eventapp.review.reports.models import Report
from eventapp.review.reports.queries import chapters_of, rows_of
from eventapp.review.reports.rules import edit_review
from eventapp.review.versions.checks import findings
from eventapp.review.versions.printed import printed

bp = Blueprint("review_closed", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.get("/chapters/<int(max=2147483647):chapter>/findings")
@with_report(may=edit_review)
def found(report: Report, chapter: int) -> ResponseReturnValue:
    """How many paragraphs of the chapter have a finding, and which, each with the way to it."""
    chapters = chapters_of(report, {chapter})
    if not chapters:
        abort(404)
    seen = findings(report, chapters, titles=(), unused=())
    shown = printed(report, rows_of(report, marked=True))
    abouts = seen.paragraphs.values()
    stops = sum(one.is_stopped for one in abouts)
    return render_template(
        "review/closed.html",
        meeting=report.meeting,
        report=report,
        chapter=chapters[0],
        found=seen,
        printed=shown,
        stop=stops,
        wait=sum(one.is_doubtful and not one.is_stopped for one in abouts),
        broken=next((one.paragraph.id for one in abouts if has_fault(shown[one.paragraph.id][0])), 0),
    )
