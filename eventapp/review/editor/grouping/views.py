"""The groups of notes beside their paragraphs: a note is parted, moved to another one, or left out with a reason."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt_apart
from eventapp.people.current import current_person
from eventapp.review.compiling.sentence_records import members_of
from eventapp.review.editor.forms import GroupForm, GroupOutForm
from eventapp.review.editor.page.views import page
from eventapp.review.editor.views import back, note_or_404, tell
from eventapp.review.groups.actions import leave_out_of, part, regroup
from eventapp.review.paragraphs.several import numbered
from eventapp.review.reports.access import with_paragraph, with_report
from eventapp.review.reports.models import Evidence, Paragraph, Report
from eventapp.review.reports.rules import edit_review
from eventapp.review.tasks.models import PART
from eventapp.review.tasks.queries import is_large
from eventapp.review.tasks.views import handed_over

bp = Blueprint("review_groups", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.post("/parts")
@with_report(may=edit_review)
def parting(report: Report) -> ResponseReturnValue:
    """Give a note that is told with others a paragraph of its own, or tell it in another one.

    In a large report the worker parts it.
    """
    form = GroupForm(request.form)
    note = note_or_404(report, form.note.data or "")
    if not form.validate():
        return page(report, form=form), 422

    if form.act.data == "own" and is_large(report.meeting):
        return handed_over(report, PART, wanted=str(note.id))

    def act() -> Paragraph | None:
        if form.act.data == "own":
            tell(part(report, note, by=current_person(), at=now()))
            return None
        group = numbered(report, form.number.data or "")
        tell(regroup(report, note, group, by=current_person(), at=now()))
        return group

    group = attempt_apart(form, act)
    return (page(report, form=form), 409) if form.refused else back(report, group)


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/left-out")
@with_paragraph(may=edit_review)
def leaving_out(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Leave a note of the paragraph out of the report, or all that it tells, with the reason."""
    form = GroupOutForm(request.form)
    if not form.validate():
        return page(report, form=form, leaving_id=paragraph.id), 422
    wanted = form.note.data or ""
    notes = [note_or_404(report, wanted)] if wanted else [one.note for one in paragraph.evidence if tells(one)]

    def act() -> None:
        tell(leave_out_of(report, notes, form.reason.data or "", by=current_person(), at=now()))

    attempt_apart(form, act)
    return (page(report, form=form, leaving_id=paragraph.id), 409) if form.refused else back(report)


def tells(evidence: Evidence) -> bool:
    """Whether the paragraph tells this note, and does not only cite it."""
    return evidence.note_id in members_of(evidence.paragraph)
