"""Editors see each other: the page says where it is, and asks every few seconds who else is there and what changed."""

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.people.current import current_person
from eventapp.presence.actions import arrive
from eventapp.presence.queries import others_at
from eventapp.review.editor.together.queries import mark_of, writing_in
from eventapp.review.reports.access import with_report
from eventapp.review.reports.models import Report
from eventapp.review.reports.rules import edit_review

KIND = "report"  # of Presence

bp = Blueprint("review_together", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.get("/presence")
@with_report(may=edit_review)
def present(report: Report) -> ResponseReturnValue:
    """Who else has the report open, in which chapter and where they write; `mark` is another once the report is."""
    person = current_person()
    writing = writing_in(report, person)
    answer = jsonify(
        mark=mark_of(report),
        people=[
            {
                "name": one.person.name,
                "chapter": one.part_id,
                "writes": [f"{kind}-{target}" for who, kind, target in writing if who == one.person_id],
            }
            for one in others_at(KIND, report.id, person, at=now())
        ],
    )
    answer.add_etag(weak=True)
    return answer.make_conditional(request)


@bp.post("/presence")
@with_report(may=edit_review)
def arriving(report: Report) -> ResponseReturnValue:
    """Say in which chapter of the report one is."""
    person, chapter = current_person() or abort(404), request.form.get("chapter", type=int)
    known = {one.id for one in report.chapters}
    with transaction():
        arrive(KIND, report.id, chapter if chapter in known else None, by=person, at=now())
    return "", 204
