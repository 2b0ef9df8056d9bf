"""The balance of a meeting for anyone: counted once, without small groups."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from eventapp.balance.counting.stages import HEARD, STAGES
from eventapp.balance.queries import open_count
from eventapp.balance.table import lines, tables, totals
from eventapp.ground.text.i18n import _
from eventapp.ground.web.downloads import download
from eventapp.ground.web.requests.shared_caches import same_for_visitors
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting
from eventapp.registration.lists.sheets import csv_of

bp = Blueprint("balance", __name__, url_prefix="/meetings/<slug>/balance")


@bp.get("")
@with_meeting(may=see_meeting)
@same_for_visitors
def show(meeting: Meeting) -> ResponseReturnValue:
    """Who was nominated, came, spoke and is cited, in groups of five and more."""
    count = open_count(meeting)
    return render_template(
        "balance/show.html",
        meeting=meeting,
        count=count,
        tables=tables(count.content) if count else [],
        totals=totals(count.content) if count else {},
        stages=STAGES,
        heard=HEARD,
    )


@bp.get("/balance.csv")
@with_meeting(may=see_meeting)
@same_for_visitors
def as_csv(meeting: Meeting) -> ResponseReturnValue:
    """The same for a spreadsheet; only its head while there is nothing to read."""
    count = open_count(meeting)
    head = [_("Counted by"), _("Counted together"), _("Stage"), _("People")]
    return download(f"{meeting.slug}-balance.csv", "text/csv", csv_of(head, lines(count.content) if count else []))
