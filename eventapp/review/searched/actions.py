from collections.abc import Iterable

from sqlalchemy import delete, insert

from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.policy import search_key
from eventapp.review.reports.content import Paragraph
from eventapp.review.reports.models import Report
from eventapp.review.searched.models import PublishedParagraph


def as_found(paragraphs: Iterable[Paragraph]) -> list[Record]:
    """What is kept of these paragraphs to find them by: worked out before anything is locked."""
    return [
        {"anchor": one.anchor, "place": one.place, "text": one.text, "words": search_key(one.text)}
        for one in paragraphs
    ]


def let_find(report: Report, rows: Iterable[Record]) -> None:
    """Let everybody find what is published of the report now, and what was published before no more."""
    db.session.execute(delete(PublishedParagraph).where(PublishedParagraph.report_id == report.id))
    values = [{"report_id": report.id, **row} for row in rows]
    if values:
        db.session.execute(insert(PublishedParagraph), values)
