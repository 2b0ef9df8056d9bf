"""What every page of the register shows, whoever reads it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import Response

from eventapp.commitments.register import Commitment, Wish
from eventapp.commitments.sheet import csv
from eventapp.outcomes.draft import DELIVERIES
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.lines import ACTION_LINES

TONES = {"open": "wait", "progress": "wait", "done": "ok", "extended": "wait", "dropped": "off"}


def told(everything: Sequence[Commitment], wish: Wish, at: datetime) -> dict[str, Any]:
    """What a page of the register needs: the rows that fit, and what may be looked for among all."""
    bodies = {body.code: body.name for one in everything for body in one.meeting.bodies}
    places = {code: country(code) for one in everything for code in one.countries}
    return {
        "rows": sorted((one for one in everything if wish.fits(one, at)), key=urgency),
        "total": len(everything),
        "wish": wish,
        "is_wished": wish != Wish(),
        "at": at,
        "deliveries": DELIVERIES,
        "tones": TONES,
        "lines": ACTION_LINES,
        "bodies": sorted(bodies.items(), key=lambda pair: pair[1]),
        "meetings": list({one.meeting.slug: one.meeting for one in everything}.values()),
        "countries": sorted(((code, one.label) for code, one in places.items() if one), key=lambda pair: pair[1]),
    }


def urgency(one: Commitment) -> tuple[bool, date]:
    """What is waited for first, by its day; then what has none; at the end what is done or dropped."""
    return one.is_over, one.due_on or date.max


def download(rows: Sequence[Commitment], at: datetime) -> Response:
    """These rows as a file to keep."""
    answer = Response(csv(sorted(rows, key=urgency), at=at), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="commitments.csv"'
    return answer
