"""Printed: each paragraph with the number it has now, from its words alone: no evidence is loaded to count by."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.record.notes.models import Note, Revision
from eventapp.review.compiling.numbering import Unnumbered
from eventapp.review.compiling.sections import in_chapters
from eventapp.review.reports import content
from eventapp.review.reports.models import Chapter, Evidence, Paragraph, Report
from eventapp.review.reports.numerals import capital
from eventapp.review.reports.queries import Row, chapter_rows, rows_of
from eventapp.review.versions.publication_snapshot import written

NOTE = re.compile(r"\{paragraph:([^{}]+)\}")

Printed = Mapping[int, tuple[content.Paragraph, str]]  # by the number of the row, with the numeral of its chapter


def printed(report: Report, rows: Sequence[Row] | None = None) -> Printed:
    """Return each standing paragraph as it will be printed, with the numeral of its chapter, or of its section: II.A.

    `rows` are those of the report, where they were read already.
    """
    found = [row for row in (rows_of(report) if rows is None else rows) if not row.is_removed]
    cited = _cited(report, {note for row in found for note in NOTE.findall(row.text)})
    texts: dict[int, list[Unnumbered]] = {}
    for row in found:
        texts.setdefault(row.chapter_id, []).append(Unnumbered(row.text, cited.get(row.id, ()), row.level))
    chapters, _closing = written(report, in_chapters(chapter_rows(report), texts), apart=False)
    return {row.id: one for row, one in zip(found, _with_numerals(chapters), strict=True)}


def with_words(rows: Iterable[Row], paragraphs: Iterable[Paragraph]) -> list[Row]:
    """Return the rows, those of these paragraphs with their words."""
    words = {one.id: one.text for one in paragraphs}
    return [row._replace(text=words[row.id]) if row.id in words else row for row in rows]


def _with_numerals(chapters: Iterable[content.Chapter]) -> Iterator[tuple[content.Paragraph, str]]:
    for chapter in chapters:
        letters, numeral = count(), chapter.numeral
        for paragraph in chapter.paragraphs:
            if paragraph.section:
                numeral = f"{chapter.numeral}.{capital(next(letters))}"
            yield paragraph, numeral


def _cited(report: Report, named: set[str]) -> dict[int, tuple[content.Evidence, ...]]:
    """Return which paragraphs cite the notes that references name, and nothing of what these say."""
    if not named:
        return {}
    query = (
        select(Evidence.paragraph_id, Session.code, Note.number, Revision.number, Revision.kind)
        .join(Evidence.paragraph)
        .join(Paragraph.chapter)
        .join(Evidence.note)
        .join(Note.session)
        .join(Evidence.revision)
        .where(Chapter.report_id == report.id, Session.code.in_({note.rpartition("-")[0] for note in named}))
        .order_by(Evidence.position)
    )
    found: dict[int, tuple[content.Evidence, ...]] = {}
    for paragraph, code, number, revision, kind in db.session.execute(query):
        one = content.Evidence(
            note=f"{code}-{number:02d}",
            revision=revision,
            kind=kind,
            title="",
            text="",
            session="",
            session_title="",
            source="",
            action_lines=(),
            goals=(),
        )
        found[paragraph] = (*found.get(paragraph, ()), one)
    return found
