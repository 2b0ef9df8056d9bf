"""Printed: each paragraph with the number it has now, from its words alone: no evidence is loaded to count by."""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.record.notes.models import Note, Revision
from eventapp.review.compiling.numbering import Unnumbered
from eventapp.review.reports import content
from eventapp.review.reports.models import Chapter, Evidence, Paragraph, Report
from eventapp.review.reports.queries import Row, rows_of
from eventapp.review.versions.publication_snapshot import written

NOTE = re.compile(r"\{paragraph:([^{}]+)\}")

Printed = Mapping[int, tuple[content.Paragraph, str]]  # by the number of the row, with the numeral of its chapter


def printed(report: Report, rows: Sequence[Row] | None = None) -> Printed:
    """Return each standing paragraph as it will be printed, with the numeral of its chapter.

    `rows` are those of the report, where they were read already.
    """
    found = [row for row in (rows_of(report) if rows is None else rows) if not row.is_removed]
    cited = _cited(report, {note for row in found for note in NOTE.findall(row.text)})
    filled = [(title, list(group)) for (_id, title), group in groupby(found, lambda row: (row.chapter_id, row.title))]
    chapters, _closing = written(
        report,
        [(title, [Unnumbered(one.text, cited.get(one.id, ()), one.level) for one in group]) for title, group in filled],
        apart=False,
    )
    return {
        row.id: (paragraph, chapter.numeral)
        for chapter, (_title, group) in zip(chapters, filled, strict=True)
        for paragraph, row in zip(chapter.paragraphs, group, strict=True)
    }


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
