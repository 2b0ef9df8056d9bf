"""The anchor of an edition: where the history of the installation stood when it was published.

Printed, it is in the hands of many: who changes the history afterwards can be told so (`flask history check-anchor`).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from eventapp.ground.db import db
from eventapp.history.models import ChainEnd
from eventapp.review.annexes.tables import titled
from eventapp.review.language.report_words import in_its_words
from eventapp.review.reports.content import Annex, Rows
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.models import Report

ANCHOR = "anchor"


@in_its_words
def anchored(_report: Report, text: Text, *, at: datetime) -> Text:
    """The text with an annex more: the last line of the history, its seal, and this moment in UTC.

    The text as it is where there is no history yet.
    """
    end = db.session.get(ChainEnd, 1)
    if end is None or not end.hash:
        return text
    row = (str(end.number), end.hash, at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC"))
    return replace(text, annexes=(*text.annexes, titled(len(text.annexes) + 1, ANCHOR, (Rows("", (row,)),))))


def without_anchor(annexes: Sequence[Annex]) -> tuple[Annex, ...]:
    """The annexes of what a report says: the anchor says nothing of the meeting, and differs in each version."""
    return tuple(one for one in annexes if one.code != ANCHOR)
