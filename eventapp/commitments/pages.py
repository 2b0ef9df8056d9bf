"""What every page of the register shows, whoever reads it."""

from collections.abc import Callable
from datetime import datetime

from flask import Response, request
from sqlalchemy import ColumnElement

from eventapp.commitments.queries import all_found, choices, found
from eventapp.commitments.register import Commitment, CommitmentFilter
from eventapp.commitments.sheet import csv
from eventapp.ground.web.downloads import download
from eventapp.meetings.themes.content import SHIPPED, Themes
from eventapp.record.notes.content import DELIVERIES

TONES = {"open": "wait", "progress": "wait", "done": "ok", "extended": "wait", "dropped": "off"}


def register_page(
    at: datetime,
    *where: ColumnElement[bool],
    themes: Themes = SHIPPED,
    may_tell: Callable[[Commitment], bool] = lambda _one: False,
) -> dict[str, object]:
    """What a page of the register needs: the rows that fit, which of them its reader `may_tell` of, and what may be
    looked for among all these; `themes` are those that may be asked for.
    """
    wish, among = CommitmentFilter.of(request.args, themes.lines), choices(*where)
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
        "lines": themes.lines,
        "heading": themes.heading,
        "bodies": among.bodies,
        "meetings": among.meetings,
        "countries": among.countries,
    }


def register_file(at: datetime, *where: ColumnElement[bool], themes: Themes = SHIPPED) -> Response:
    """All that fits as a file to keep."""
    rows = all_found(CommitmentFilter.of(request.args, themes.lines), *where, at=at)
    return download("commitments.csv", "text/csv", csv(rows, at=at))
