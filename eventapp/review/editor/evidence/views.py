"""From a paragraph to its sources, from a note to the reports that use it, from a session to what became of it.

The page of a paragraph's evidence stands by itself, and the editor opens it in place.
"""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.people.current import current_person
from eventapp.record.notes.models import Note
from eventapp.record.notes.queries import notes_of
from eventapp.record.sessions.access import with_session
from eventapp.record.sessions.rules import record_session
from eventapp.review.compiling.numbering import without_footnotes
from eventapp.review.editor.forms import CiteForm
from eventapp.review.editor.views import back
from eventapp.review.evidence.citable import MOST, citable, evidence_of
from eventapp.review.evidence.uses import Used, places_in, uses_of
from eventapp.review.paragraphs import actions as editing
from eventapp.review.reports.access import with_paragraph
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.reports.queries import is_on_record, note_of, notes_for
from eventapp.review.reports.rules import edit_review
from eventapp.review.versions.checks import against_generated
from eventapp.vocabulary.notes import CEILINGS, NOTE_KINDS

REPORT = "/meetings/<slug>/review/reports/<report>"
LONGEST_SEARCH = 100  # characters

bp = Blueprint("review_traces", __name__)


@bp.app_context_processor
def words() -> dict[str, object]:
    """What the page of a note asks: where it is used."""
    return {"used_in_reports": used_in_reports, "is_on_record": is_on_record}


@bp.get("/meetings/<slug>/record/<code>/uses")
@with_session(may=record_session)
def session(session: Session) -> ResponseReturnValue:
    """What became of the session: each of its notes, and the paragraphs of the reports that rest on it."""
    notes = notes_of(session)[::-1]
    return render_template(
        "review/session.html", meeting=session.meeting, session=session, notes=notes, used=uses_of(notes)
    )


def used_in_reports(note: Note) -> Used:
    return uses_of([note])[note.id]


@bp.get(f"{REPORT}/paragraphs/<int(max=2147483647):paragraph>/evidence")
@with_paragraph(may=edit_review)
def evidence(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """What the paragraph rests on; ?q= looks for notes to cite."""
    return page(report, paragraph)


@bp.post(f"{REPORT}/paragraphs/<int(max=2147483647):paragraph>/evidence")
@with_paragraph(may=edit_review)
def citation(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Cite a note by its reference."""
    form = CiteForm(request.form)
    note = note_of(report, form.note.data or "") if form.validate() else None
    if note is None:
        if not form.note.errors:
            form.note.errors = [_("There is no note with this reference. References look like S2-01.")]
        return page(report, paragraph, form), 422
    attempt(form, lambda: editing.cite(paragraph, note, by=current_person(), at=now()))
    if form.refused:
        return page(report, paragraph, form), 409
    return back(report, paragraph)


@bp.post(f"{REPORT}/paragraphs/<int(max=2147483647):paragraph>/evidence/<note>/<any(removal, holding):step>")
@with_paragraph(may=edit_review)
def source(report: Report, paragraph: Paragraph, note: str, step: str) -> ResponseReturnValue:
    """Take a source away, or say that the paragraph still holds after its source was revised."""
    found, act = note_or_404(report, note), {"removal": editing.uncite, "holding": editing.hold}[step]
    form = Form()
    attempt(form, lambda: act(paragraph, found, by=current_person(), at=now()))
    if form.refused:
        return page(report, paragraph, form), 409
    return back(report, paragraph)


def page(report: Report, paragraph: Paragraph, form: Form | None = None) -> str:
    sought, evidence = request.args.get("q", "")[:LONGEST_SEARCH].strip(), evidence_of(paragraph)
    found = citable(notes_for(report), sought) if sought else []
    return render_template(
        "review/evidence.html",
        meeting=report.meeting,
        report=report,
        paragraph=paragraph,
        words=without_footnotes(paragraph.text),
        number=places_in(report).get(paragraph.id, "–"),
        evidence=evidence,
        cited_already={one.note_id for one in evidence},
        against=against_generated(paragraph),
        sought=sought,
        to_cite=found[:MOST],
        many=len(found),
        kinds=NOTE_KINDS,
        ceilings=CEILINGS,
        form=form,
    )


def note_or_404(report: Report, reference: str) -> Note:
    return note_of(report, reference) or abort(404)
