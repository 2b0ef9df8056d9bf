"""Behind an opened paragraph: what is typed is kept every second or so, and can be let go of."""

from flask import Blueprint, abort, make_response, request
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.dates import local
from eventapp.db import transaction
from eventapp.people.current import current_person
from eventapp.refusal import Refused
from eventapp.review.editor import back
from eventapp.review.forms import TypingForm
from eventapp.review.gate import with_paragraph
from eventapp.review.models import Paragraph, Report
from eventapp.review.rules import edit_review
from eventapp.review.unsaved import discard, keep_typing

bp = Blueprint("review_typist", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/typing")
@with_paragraph(may=edit_review)
def typing(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Keep what is being typed. Answers with the time, for the line that says so, and the number to go on from."""
    form, at, person = TypingForm(request.form), now(), current_person() or abort(404)
    if not form.validate():
        return str(form.faults[0][1]), 422, PLAIN
    try:
        with transaction():
            number = keep_typing(paragraph, form.typed(), by=person, at=at)
    except Refused as refused:
        return str(refused), 409, PLAIN
    answer = make_response("", 204)
    answer.headers["X-Saved-At"] = f"{local(at, report.meeting.tz):%H:%M:%S}"
    answer.headers["X-Version"] = str(number)
    return answer


@bp.post("/paragraphs/<int(max=2147483647):paragraph>/typing/discarding")
@with_paragraph(may=edit_review)
def discarding(report: Report, paragraph: Paragraph) -> ResponseReturnValue:
    """Let go of what this editor typed and did not save."""
    with transaction():
        discard(paragraph, by=current_person())
    return back(report, paragraph)
