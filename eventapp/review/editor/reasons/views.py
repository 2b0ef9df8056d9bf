"""A reason at the finding: why the words stay."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.people.current import current_person
from eventapp.review.editor.page.views import page
from eventapp.review.editor.reasons.actions import give_reason, take_back_reason
from eventapp.review.editor.reasons.forms import ReasonForm
from eventapp.review.editor.views import done
from eventapp.review.reports.access import with_report
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.reports.queries import paragraph_of
from eventapp.review.reports.rules import edit_review

bp = Blueprint("review_reasons", __name__, url_prefix="/meetings/<slug>/review/reports/<report>/reasons")


@bp.post("")
@with_report(may=edit_review)
def giving(report: Report) -> ResponseReturnValue:
    """Say why words stay that a finding doubts: in the paragraph ?paragraph=, else in a title."""
    form, place = ReasonForm(request.form), asked_paragraph(report)
    form.why.id = f"why-{form.finding.data}"  # where the page has it: what is wrong leads there
    if not form.validate():
        return page(report, form=form), 422
    key, why = form.finding.data or "", form.why.data or ""
    return done(
        report, lambda: give_reason(report, key, why, at_place=place, by=current_person(), at=now()), form, place
    )


@bp.post("/<int(max=2147483647):reason>/removal")
@with_report(may=edit_review)
def taking_back(report: Report, reason: int) -> ResponseReturnValue:
    """Let the finding stand again."""
    place = asked_paragraph(report)
    return done(report, lambda: take_back_reason(report, reason, by=current_person(), at=now()), None, place)


def asked_paragraph(report: Report) -> Paragraph | None:
    """The paragraph that the address says; 404 where the report has none such."""
    number = request.args.get("paragraph", type=int)
    return (paragraph_of(report, number) or abort(404)) if number else None
