"""Adoption in the room: one paragraph at a time on the screen."""

from collections.abc import Collection, Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.clearance.actions import reopen
from eventapp.clearance.adoption.actions import adopt_as_amended, adopt_as_shown, enter_position
from eventapp.clearance.adoption.forms import AmendmentForm, PositionForm
from eventapp.clearance.forms import VersionForm
from eventapp.clearance.manage import Heard, changes_of
from eventapp.clearance.queries import adoption_of, left_to_adopt, off_sources, remarks_on
from eventapp.ground.clock import now
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt, attempt_apart
from eventapp.ground.web.forms import Form
from eventapp.people.current import current_person
from eventapp.record.notes.difference import words_changed
from eventapp.review.evidence.support import sources_of, unsupported_sentences
from eventapp.review.reports.access import with_paragraph, with_report
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.reports.queries import Row, paragraph_of, rows_of
from eventapp.review.reports.rules import publish_review
from eventapp.review.versions.printed import printed, with_words

bp = Blueprint("clearance_adoption", __name__, url_prefix="/meetings/<slug>/review/reports/<report>/adoption")


@bp.get("")
@with_report(may=publish_review)
def show(report: Report) -> ResponseReturnValue:
    """The screen for the room: one paragraph at a time. ?at= is the number of a paragraph's row."""
    return screen(report, figure(request.args.get("at")))


@bp.post("/<int(max=2147483647):paragraph>")
@with_paragraph(may=publish_review)
def create(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """The meeting adopts the paragraph as it was on the screen; the next one follows."""
    form = VersionForm(request.form)
    if not form.validate():
        return screen(report, paragraph.id, form), 422
    version = form.version.data or 0
    attempt_apart(form, lambda: adopt_as_shown(paragraph, version, by=current_person(), at=now()))
    return shown(report, form, paragraph)


@bp.post("/<int(max=2147483647):paragraph>/amendment")
@with_paragraph(may=publish_review)
def amend(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Show the room how the paragraph would read; once it was shown, adopt it so."""
    form = AmendmentForm(request.form)
    if not form.validate():
        return screen(report, paragraph.id, amendment=form), 422
    text, version = amended_text(form), form.version.data or 0
    if "shown" not in request.form:
        return screen(report, paragraph.id, amendment=form)
    attempt_apart(form, lambda: adopt_as_amended(paragraph, text, version, by=current_person(), at=now()))
    return shown(report, form, paragraph)


@bp.post("/<int(max=2147483647):paragraph>/position")
@with_paragraph(may=publish_review)
def position(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Put a reservation or an explanation of position into a footnote of the paragraph."""
    form = PositionForm(request.form)
    if not form.validate():
        return screen(report, paragraph.id, position=form), 422
    kind, whom, words = form.kind.data, form.whom.data or "", form.words.data or ""
    version, by = form.version.data or 0, current_person()
    attempt_apart(form, lambda: enter_position(paragraph, kind, whom, words, version, by=by, at=now()))
    return shown(report, form, paragraph, stay=True)


@bp.post("/<int(max=2147483647):paragraph>/reopening")
@with_paragraph(may=publish_review)
def reopen_paragraph(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Take the adoption of a paragraph back."""
    form = Form()
    attempt(form, lambda: reopen(paragraph, by=current_person(), at=now()))
    return shown(report, form, paragraph, stay=True)


def shown(report: Report, form: Form, paragraph: Paragraph, *, stay: bool = False) -> ResponseReturnValue:
    """Lead to what is left: the next paragraph that is not adopted, after this one or from the beginning."""
    if form.refused:
        return screen(report, paragraph.id, form), 409
    left = 0 if stay else next_left(present_rows(report), set(left_to_adopt(report)), paragraph)
    at = left or paragraph.id
    return redirect(url_for(".show", slug=report.meeting.slug, report=report.name, at=at), 303)


def present_rows(report: Report) -> list[Row]:
    """The paragraphs that stand, in order, without words that nothing is numbered by."""
    return [one for one in rows_of(report, marked=True) if not one.is_removed]


def next_left(rows: Sequence[Row], left: Collection[int], paragraph: Paragraph) -> int:
    """The next of these that is left to adopt, behind this one first; 0 where none is."""
    place = next((place for place, one in enumerate(rows) if one.id == paragraph.id), 0)
    return next((one.id for one in (*rows[place + 1 :], *rows[:place]) if one.id in left), 0)


def screen(
    report: Report,
    at: int,
    form: Form | None = None,
    *,
    amendment: AmendmentForm | None = None,
    position: PositionForm | None = None,
) -> str:
    """Draw one paragraph, with the wording that readers propose for it."""
    rows, left = present_rows(report), set(left_to_adopt(report))
    first = next((one.id for one in rows if one.id in left), 0)
    place = next((place for place, one in enumerate(rows) if one.id == (at or first)), 0)
    paragraph = paragraph_of(report, rows[place].id) if rows else None
    proposals = [one for one in remarks_on(report) if paragraph and one.paragraph_id == paragraph.id and one.is_waiting]
    lost = off_sources(proposals)
    words = amended_text(amendment) if amendment and not amendment.errors else ""
    return render_template(
        "clearance/adoption.html",
        meeting=report.meeting,
        report=report,
        paragraph=paragraph,
        print=printed(report, with_words(rows, [paragraph])).get(paragraph.id) if paragraph else None,
        place=place,
        rows=rows,
        adopted=adoption_of(paragraph) if paragraph and paragraph.id not in left else None,
        done=len(rows) - len(left),
        proposals=[Heard(one, changes_of(paragraph.text, one), lost.get(one.id, [])) for one in proposals]
        if paragraph
        else [],
        form=form or amendment or position,
        left=next_left(rows, left, paragraph) if paragraph else 0,
        amendment=amendment or AmendmentForm(text=paragraph.text if paragraph else ""),
        amended=words_changed(paragraph.text, words) if paragraph and words else None,
        lost=unsupported_sentences(paragraph.text, words, sources_of([paragraph.id])[paragraph.id])
        if paragraph and words
        else [],
        position=position or PositionForm(),
    )


def amended_text(form: AmendmentForm) -> str:
    return (form.text.data or "").replace("\r\n", "\n")
