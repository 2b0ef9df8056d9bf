"""The evidence of one paragraph: its sources, and the search for more. The editor opens this page in place."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import transaction
from eventapp.forms import Form
from eventapp.outcomes.models import Note
from eventapp.people.current import current_person
from eventapp.refusal import Refused
from eventapp.review import editing
from eventapp.review.citable import citable, evidence_of
from eventapp.review.editor import back
from eventapp.review.findings import against_generated
from eventapp.review.forms import CiteForm
from eventapp.review.gate import with_paragraph
from eventapp.review.models import Paragraph, Report
from eventapp.review.numbering import without_footnotes
from eventapp.review.queries import note_of, notes_for
from eventapp.review.rules import edit_review
from eventapp.review.uses import places_in
from eventapp.vocabulary.notes import CEILINGS, NOTE_KINDS
from eventapp.words import _

LONGEST_SEARCH = 100  # characters

bp = Blueprint("review_citing", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.get("/paragraphs/<int(max=2147483647):paragraph>/evidence")
@with_paragraph(may=edit_review)
def show(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """What the paragraph rests on; ?q= looks for notes to cite."""
    return page(report, paragraph)


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/evidence")
@with_paragraph(may=edit_review)
def citation(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Cite a note by its reference."""
    form = CiteForm(request.form)
    note = note_of(report, form.note.data or "") if form.validate() else None
    if note is None:
        if not form.note.errors:
            form.note.errors = [_("There is no note with this reference. References look like S2-01.")]
        return page(report, paragraph, form), 422
    try:
        with transaction():
            editing.cite(paragraph, note, by=current_person(), at=now())
    except Refused as refusal:
        form.refuse(refusal)
        return page(report, paragraph, form), 409
    return back(report, paragraph)


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/evidence/<note>/<any(removal, holding):step>")
@with_paragraph(may=edit_review)
def source(report: Report, paragraph: Paragraph, note: str, step: str) -> ResponseReturnValue:
    """Take a source away, or say that the paragraph still holds after its source was revised."""
    found, act = note_or_404(report, note), {"removal": editing.uncite, "holding": editing.hold}[step]
    form = Form()
    try:
        with transaction():
            act(paragraph, found, by=current_person(), at=now())
    except Refused as refusal:
        form.refuse(refusal)
        return page(report, paragraph, form), 409
    return back(report, paragraph)


def page(report: Report, paragraph: Paragraph, form: Form | None = None) -> str:
    sought = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    return render_template(
        "review/evidence.html",
        meeting=report.meeting,
        report=report,
        paragraph=paragraph,
        words=without_footnotes(paragraph.text),
        number=places_in(report).get(paragraph.id, "–"),
        evidence=evidence_of(paragraph),
        against=against_generated(paragraph),
        sought=sought,
        to_cite=citable(notes_for(report), sought) if sought else [],
        kinds=NOTE_KINDS,
        ceilings=CEILINGS,
        form=form,
    )


def note_or_404(report: Report, reference: str) -> Note:
    return note_of(report, reference) or abort(404)
