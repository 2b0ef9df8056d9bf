"""Progress for anyone; whoever runs a meeting sees there also what is not public of it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.web.access import for_anyone
from eventapp.ground.web.downloads import download
from eventapp.ground.web.requests.shared_caches import same_for_visitors
from eventapp.people.current import current_person
from eventapp.progress.queries import known_to
from eventapp.progress.years import are_compared, covered_chart, heads, lines, own_themes, promised_chart, years
from eventapp.record.notes.content import DELIVERIES
from eventapp.registration.lists.sheets import csv_of
from eventapp.vocabulary.lines import ACTION_LINES

bp = Blueprint("progress", __name__)


@bp.get("/progress")
@for_anyone
@same_for_visitors
def index() -> ResponseReturnValue:
    """What the meetings covered and promised, year by year; ?body= is the code of a body."""
    known = known_to(current_person())
    body = request.args.get("body", "")
    body = body if body in known.bodies else ""
    found = years(known, body, at=now())
    return render_template(
        "progress/index.html",
        years=found,
        body=body,
        bodies=known.bodies,
        covered=covered_chart(found),
        promised=promised_chart(found),
        deliveries=DELIVERIES,
        lines=ACTION_LINES,
        are_compared=are_compared(found),
        own=own_themes(found),
        has_more=known.has_more,
    )


@bp.get("/progress.csv")
@for_anyone
@same_for_visitors
def as_csv() -> ResponseReturnValue:
    """The same for a spreadsheet."""
    known = known_to(current_person())
    body = request.args.get("body", "")
    found = years(known, body if body in known.bodies else "", at=now())
    return download("progress.csv", "text/csv", csv_of(heads(found), lines(found)))
