"""What every page of the register shows, whoever reads it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Response, request
from sqlalchemy import ColumnElement

from eventapp.commitments.queries import all_found, choices, found
from eventapp.commitments.register import Commitment, CommitmentFilter, themes_offered
from eventapp.commitments.sheet import csv
from eventapp.ground.text.i18n import _
from eventapp.ground.web.downloads import download
from eventapp.meetings.themes.content import OwnLine, Theme
from eventapp.record.notes.content import DELIVERIES

TONES = {"open": "wait", "progress": "wait", "done": "ok", "extended": "wait", "dropped": "off"}


def register_page(
    at: datetime,
    *where: ColumnElement[bool],
    may_tell: Callable[[Commitment], bool] = lambda _one: False,
) -> dict[str, object]:
    """What a page of the register needs: the rows that fit, which of them its reader `may_tell` of, and what may be
    looked for among all these; the themes are those of their meetings.
    """
    among = choices(*where)
    lines = themes_offered(among.meetings)
    wish = CommitmentFilter.of(request.args, lines)
    listing = found(wish, request.args.get("page"), *where, at=at, total=among.total)
    return {
        "rows": listing.rows,
        "listing": listing,
        "may_tell": {one.note.id for one in listing.rows if may_tell(one)},
        "total": among.total,
        "wish": wish,
        "is_wished": wish != CommitmentFilter(),
        "at": at,
        "deliveries": DELIVERIES,
        "tones": TONES,
        "lines": lines,
        "heading": heading_of(lines),
        "line_label": _("Theme") if are_own(lines) else _("Action line"),
        "bodies": among.bodies,
        "meetings": among.meetings,
        "countries": among.countries,
    }


def register_file(at: datetime, *where: ColumnElement[bool]) -> Response:
    """All that fits as a file to keep."""
    lines = themes_offered(choices(*where).meetings)
    rows = all_found(CommitmentFilter.of(request.args, lines), *where, at=at)
    return download("commitments.csv", "text/csv", csv(rows, at=at, themes=heading_of(lines)))


def heading_of(lines: Mapping[str, Theme]) -> str:
    """What these are called together."""
    return _("Themes") if are_own(lines) else _("Action lines")


def are_own(lines: Mapping[str, Theme]) -> bool:
    """Whether one of them is of a meeting's own."""
    return any(isinstance(one, OwnLine) for one in lines.values())
