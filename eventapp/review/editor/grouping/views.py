"""The groups of notes beside their paragraphs: a note is parted, moved to another one, or left out with a reason."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt_apart
from eventapp.people.current import current_person
from eventapp.record.notes.models import Note
from eventapp.review.compiling.sentence_records import members_of
from eventapp.review.editor.forms import GroupForm, GroupOutForm
from eventapp.review.editor.page.views import page
from eventapp.review.editor.views import back, note_or_404, tell
from eventapp.review.groups.actions import groups_now, leave_out_of, part, regroup
from eventapp.review.paragraphs.several import numbered
from eventapp.review.reports.access import with_paragraph, with_report
from eventapp.review.reports.models import Evidence, Paragraph, Report
from eventapp.review.reports.rules import edit_review
from eventapp.review.tasks.models import LEAVE, MOVE, PART
from eventapp.review.tasks.queries import is_large
from eventapp.review.tasks.views import handed_over

bp = Blueprint("review_groups", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.post("/parts")
@with_report(may=edit_review)
def parting(report: Report) -> ResponseReturnValue:
    """Give a note that is told with others a paragraph of its own, or tell it in another one.

    In a large report the worker does.
    """
    form = GroupForm(request.form)
    note = note_or_404(report, form.note.data or "")
    if not form.validate():
        return page(report, form=form), 422

    if form.act.data == "own" and is_large(report.meeting):
        return handed_over(report, PART, wanted=str(note.id))
    if is_large(report.meeting):
        return moved_by_worker(report, form, note)

    def act() -> Paragraph | None:
        if form.act.data == "own":
            tell(part(report, note, by=current_person(), at=now()))
            return None
        group = numbered(report, form.number.data or "")
        tell(regroup(report, note, group, by=current_person(), at=now()))
        return group

    group = attempt_apart(form, act)
    return (page(report, form=form), 409) if form.refused else back(report, group)


def moved_by_worker(report: Report, form: GroupForm, note: Note) -> ResponseReturnValue:
    """Ask the worker to move the note. What can be refused at once is."""
    group = attempt_apart(form, lambda: numbered(report, form.number.data or ""))
    if group is None:
        return page(report, form=form), 409
    groups = groups_now(report, [note])
    return handed_over(report, MOVE, details={"note": note.id, "group": group.id, "groups": groups})


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/left-out")
@with_paragraph(may=edit_review)
def leaving_out(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Leave a note of the paragraph out of the report, or all that it tells, with the reason.

    In a large report the worker does.
    """
    form = GroupOutForm(request.form)
    if not form.validate():
        return page(report, form=form, leaving_id=paragraph.id), 422
    wanted = form.note.data or ""
    notes = [note_or_404(report, wanted)] if wanted else [one.note for one in paragraph.evidence if tells(one)]
    if is_large(report.meeting):
        wants = {"notes": [one.id for one in notes], "groups": groups_now(report, notes), "reason": form.reason.data}
        return handed_over(report, LEAVE, details=wants)

    def act() -> None:
        tell(leave_out_of(report, notes, form.reason.data or "", by=current_person(), at=now()))

    attempt_apart(form, act)
    return (page(report, form=form, leaving_id=paragraph.id), 409) if form.refused else back(report)


def tells(evidence: Evidence) -> bool:
    """Whether the paragraph tells this note, and does not only cite it."""
    return evidence.note_id in members_of(evidence.paragraph)
