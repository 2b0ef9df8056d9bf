"""What editors say to each other beside the paragraphs of a report."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.people.current import current_person
from eventapp.review.editor.comments import actions as commenting
from eventapp.review.editor.comments.queries import thread_of
from eventapp.review.editor.forms import CommentForm
from eventapp.review.editor.page.views import page
from eventapp.review.editor.views import done
from eventapp.review.reports.access import with_paragraph, with_report
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.reports.rules import edit_review

bp = Blueprint("review_commenter", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/comments")
@with_paragraph(may=edit_review)
def commenting_on(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Begin a thread beside the paragraph."""
    form = CommentForm(request.form)
    form.words.id = f"comment-{paragraph.id}"  # where the page has it: what is wrong leads there
    if not form.validate():
        return page(report, form=form, commenting_id=paragraph.id), 422
    words = form.words.data or ""
    return done(report, lambda: commenting.comment(paragraph, words, by=current_person(), at=now()), form, paragraph)


@bp.post("/comments/<int(max=2147483647):comment>/answers")
@with_report(may=edit_review)
def answering(report: Report, comment: int) -> ResponseReturnValue:
    """Add to a thread."""
    thread, form = thread_of(report, comment) or abort(404), CommentForm(request.form)
    form.words.id = f"answer-{thread.id}"
    if not form.validate():
        return page(report, form=form, answering_id=thread.id), 422
    words = form.words.data or ""
    return done(report, lambda: commenting.answer(thread, words, by=current_person(), at=now()), form, thread.paragraph)


@bp.post("/comments/<int(max=2147483647):comment>/<any(settling, reopening):turn>")
@with_report(may=edit_review)
def turning(report: Report, comment: int, turn: str) -> ResponseReturnValue:
    """Settle a thread, or take it up again."""
    thread = thread_of(report, comment) or abort(404)
    act = {"settling": commenting.settle, "reopening": commenting.reopen}[turn]
    return done(report, lambda: act(thread, by=current_person(), at=now()), None, thread.paragraph)
