"""Editors see each other: the page says where it is, and asks every few seconds who else is there and what changed."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from eventapp.presence import protocol
from eventapp.presence.queries import typing_in
from eventapp.review.editor.together.queries import mark_of
from eventapp.review.reports.access import with_report
from eventapp.review.reports.models import BEHIND, HEAD, OVER, Report
from eventapp.review.reports.queries import chapter_rows
from eventapp.review.reports.rules import edit_review

KIND = "report"  # of Presence

bp = Blueprint("review_together", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.get("/presence")
@with_report(may=edit_review)
def present(report: Report) -> ResponseReturnValue:
    """Who else has the report open, in which chapter and where they write: an open text of theirs, however old."""
    typing = typing_in(report.id, (OVER, BEHIND, HEAD))
    return protocol.others_here(KIND, report.id, mark=mark_of(report), typing=typing)


@bp.post("/presence")
@with_report(may=edit_review)
def arriving(report: Report) -> ResponseReturnValue:
    """Say in which chapter of the report one is."""
    return protocol.arriving(KIND, report.id, {one.id for one in chapter_rows(report)})
