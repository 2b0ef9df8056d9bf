"""What every page of the register shows, whoever reads it."""

from collections.abc import Callable
from datetime import datetime

from flask import Response, request
from sqlalchemy import ColumnElement

from eventapp.commitments.queries import all_found, choices, found
from eventapp.commitments.register import Commitment, CommitmentFilter
from eventapp.commitments.sheet import csv
from eventapp.ground.web.downloads import download
from eventapp.record.notes.content import DELIVERIES
from eventapp.vocabulary.lines import ACTION_LINES

TONES = {"open": "wait", "progress": "wait", "done": "ok", "extended": "wait", "dropped": "off"}


def register_page(
    at: datetime, *where: ColumnElement[bool], may_tell: Callable[[Commitment], bool] = lambda _one: False
) -> dict[str, object]:
    """What a page of the register needs: the rows that fit, which of them its reader `may_tell` of, and what may be
    looked for among all these.
    """
    wish, among = CommitmentFilter.of(request.args), choices(*where)
    listing, total = found(wish, request.args.get("page"), *where, at=at)
    return {
        "rows": listing.rows,
        "listing": listing,
        "may_tell": {one.note.id for one in listing.rows if may_tell(one)},
        "total": total,
        "wish": wish,
        "is_wished": wish != CommitmentFilter(),
        "at": at,
        "deliveries": DELIVERIES,
        "tones": TONES,
        "lines": ACTION_LINES,
        "bodies": among.bodies,
        "meetings": among.meetings,
        "countries": among.countries,
    }


def register_file(at: datetime, *where: ColumnElement[bool]) -> Response:
    """All that fits as a file to keep."""
    rows = all_found(CommitmentFilter.of(request.args), *where, at=at)
    return download("commitments.csv", "text/csv", csv(rows, at=at))
