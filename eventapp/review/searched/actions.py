from collections.abc import Iterable, Sequence
from typing import Protocol

from sqlalchemy import ColumnElement, delete, insert, select

from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.policy import search_key
from eventapp.review.reports.content import Paragraph
from eventapp.review.reports.models import Report
from eventapp.review.searched.models import PublishedParagraph
from eventapp.review.searched.queries import IS_FOUND


class Entry(Protocol):
    """What a corrigendum says of one paragraph, by its number."""

    @property
    def paragraph(self) -> str: ...
    @property
    def wrong(self) -> str: ...
    @property
    def reading(self) -> str: ...


def as_found(paragraphs: Iterable[Paragraph]) -> list[Record]:
    """What is kept of these paragraphs to find them by: worked out before anything is locked."""
    return [
        {"anchor": one.anchor, "place": one.place, "text": one.text, "words": search_key(one.text)}
        for one in paragraphs
    ]


def let_find(report: Report, rows: Iterable[Record]) -> None:
    """Let everybody find what is published of the report now, and what was published before no more."""
    db.session.execute(delete(PublishedParagraph).where(PublishedParagraph.report_id == report.id))
    write_lines(report.id, report.version, list(rows))


def write_lines(report_id: int, version: int, rows: Sequence[Record]) -> None:
    """Write the lines of this version, found as soon as it is the report's."""
    if rows:
        db.session.execute(
            insert(PublishedParagraph), [{"report_id": report_id, "version": version, **row} for row in rows]
        )


def forget_lines(*where: ColumnElement[bool], most: int) -> int:
    """Delete lines of these, so many at most. Returns how many there were."""
    some = select(PublishedParagraph.id).where(*where).limit(most)
    gone = delete(PublishedParagraph).where(PublishedParagraph.id.in_(some)).returning(PublishedParagraph.id)
    return len(db.session.scalars(gone).all())


def find_corrected(report: Report, version: int, entries: Iterable[Entry]) -> None:
    """Let everybody find these paragraphs by what a corrigendum to this version says too, where none is newer."""
    if version != report.version:
        return
    listed = list(entries)
    rows = select(PublishedParagraph).join(PublishedParagraph.report).where(Report.id == report.id, IS_FOUND)
    rows = rows.where(PublishedParagraph.place.in_({entry.paragraph for entry in listed}))
    by_place = {one.place: one for one in db.session.scalars(rows)}
    for entry in listed:
        row = by_place.get(entry.paragraph)
        if row is not None:
            row.corrected = (row.corrected or row.text).replace(entry.wrong, entry.reading, 1)
            row.words = f"{row.words} {search_key(row.corrected)}"
