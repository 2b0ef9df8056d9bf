"""Reading a report before it is published: at once, or page by page of a large one, which the worker draws."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventapp.clearance.preview.drawing import PREVIEW, as_published
from eventapp.clearance.preview.queries import DrawnPreview, asked_for, preview_of
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.meetings.prepared.actions import order, stop
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.review.formats.page import WORDS
from eventapp.review.language.data import written_in
from eventapp.review.paged.laying_out import on_one_page
from eventapp.review.reports.access import with_report
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.models import Report
from eventapp.review.reports.rules import edit_review
from eventapp.review.tasks.queries import is_large
from eventapp.review.versions.publication_snapshot import marked_as_draft

bp = Blueprint("clearance_preview", __name__, url_prefix="/meetings/<slug>/review/reports/<report>/preview")


@bp.get("")
@with_report(may=edit_review)
def show(report: Report) -> ResponseReturnValue:
    """The report as it would be published now. Of a large one its front, or all of it where it is short."""
    if not is_large(report.meeting):
        text = as_published(report, now())
        with written_in(text.language):
            printed = marked_as_draft(text, by=me().name, at=now())
            return drawn_page("review/preview.html", report, printed, drawn=None, **on_one_page(printed))
    found = preview_of(report, now())
    if found is None:
        row = asked_for(report)
        return render_template("review/drawing.html", meeting=report.meeting, report=report, row=row)
    page = None if found.front.is_long else found.page("")
    with written_in(found.front.text.language):
        return drawn_page("review/preview.html", report, marked(found), drawn=found, front=found.front, sheet=page)


@bp.post("")
@with_report(may=edit_review)
def create(report: Report) -> ResponseReturnValue:
    """Ask the worker to draw the preview of a large report, and look on."""
    if is_large(report.meeting):
        attempt(Form(), lambda: order(report.meeting, PREVIEW, str(report.id), by=me(), at=now()))
    return redirect(url_for(".drawing", slug=report.meeting.slug, report=report.name), 303)


@bp.get("/drawing")
@with_report(may=edit_review)
def drawing(report: Report) -> ResponseReturnValue:
    """How far the worker is; once it is done, the preview."""
    row = asked_for(report)
    if row is None or not row.is_open:
        return to_preview(report)
    return render_template("review/drawing.html", meeting=report.meeting, report=report, row=row)


@bp.post("/drawing/stop")
@with_report(may=edit_review)
def stopping(report: Report) -> ResponseReturnValue:
    """Stop what the worker has not drawn yet."""
    row = asked_for(report)
    if row:
        attempt(Form(), lambda: stop(row, by=me(), at=now()))
    return to_preview(report)


@bp.get("/parts/<sheet>")
@with_report(may=edit_review)
def part(report: Report, sheet: str) -> ResponseReturnValue:
    """One page of a long preview: a chapter or an annex, or some of it."""
    found = preview_of(report, now())
    if found is None:  # it reads otherwise by now: the preview says so
        return to_preview(report)
    page = found.page(sheet) or abort(404)
    before, behind = found.front.beside(sheet)
    here = next(one for one in found.front.pages if one.name == sheet)
    beside = {"sheet": page, "front": found.front, "before": before, "behind": behind, "here": here}
    with written_in(found.front.text.language):
        return drawn_page("review/preview_part.html", report, marked(found), drawn=found, **beside)


@bp.get("/at/<anchor>")
@with_report(may=edit_review)
def place(report: Report, anchor: str) -> ResponseReturnValue:
    """Lead to a paragraph, heading or footnote of a long preview, on whichever page it stands: p7, r3A, annex2, fn12.

    The letters of sentences lead to p7e, the evidence of a paragraph.
    """
    found = preview_of(report, now())
    if found is None:
        return to_preview(report)
    names = (found.page_with(one) for one in (anchor, anchor.removesuffix("e")))
    page = next((one for one in names if one is not None), None)
    if page is None:
        abort(404)
    slug, name = report.meeting.slug, report.name
    if page:
        return redirect(url_for(".part", slug=slug, report=name, sheet=page, _anchor=anchor))
    return redirect(url_for(".show", slug=slug, report=name, _anchor=anchor))


@bp.get("/paragraphs/<place>")
@with_report(may=edit_review)
def cited(report: Report, place: str) -> ResponseReturnValue:
    """The notes behind one paragraph of a large report as it would be published, by its number and letter."""
    found = preview_of(report, now())
    if found is None:
        return to_preview(report)
    page = found.page(found.page_with(f"p{place}") or "")
    rows = page.paragraphs if page else ()
    paragraph = next((one for one in rows if one.anchor == f"p{place}"), None) or abort(404)
    with written_in(found.front.text.language):
        return drawn_page("review/preview_cited.html", report, marked(found), drawn=found, paragraph=paragraph)


def drawn_page(template: str, report: Report, text: Text, **words: object) -> str:
    return render_template(template, meeting=report.meeting, report=report, text=text, **words, **WORDS)


def marked(found: DrawnPreview) -> Text:
    """Return the head of a drawn preview, marked as a draft: a page that is printed says what it is, and whose."""
    return marked_as_draft(found.front.text, by=me().name, at=found.at)


def to_preview(report: Report) -> ResponseReturnValue:
    return redirect(url_for(".show", slug=report.meeting.slug, report=report.name), 303)


def me() -> Person:
    return current_person() or abort(404)
