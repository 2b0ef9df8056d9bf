"""The evidence of a report as CSV: one row for each note that a paragraph cites."""

import csv
from collections.abc import Iterator
from io import StringIO

from eventapp.review.reports.content import Report

COLUMNS = (
    "paragraph",
    "note",
    "revision",
    "kind",
    "title",
    "text",
    "session",
    "session_title",
    "source",
    "action_lines",
    "goals",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def evidence_csv(report: Report) -> str:
    """Return the rows with their column heads; no cell can become a formula. In a draft each row says so."""
    out = StringIO()
    rows = csv.writer(out)
    head, mark = (("draft",), (report.draft,)) if report.draft else ((), ())
    rows.writerow((*COLUMNS, *head))
    rows.writerows([place, *map(_cell, cells), *mark] for place, *cells in evidence_rows(report))
    return out.getvalue()


def evidence_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """Return the rows as they are, a cell for each of the columns."""
    for paragraph in report.paragraphs:
        for one in paragraph.evidence:
            yield (
                paragraph.place,
                one.note,
                str(one.revision),
                one.kind,
                one.title,
                one.text,
                one.session,
                one.session_title,
                one.source,
                " ".join(one.action_lines),
                " ".join(map(str, one.goals)),
            )


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
