"""The evidence of a report as CSV: one row for each note that a paragraph cites."""

import csv
from io import StringIO

from eventapp.review.content import Report

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
    """Return the rows with their column heads; no cell can become a formula in a spreadsheet."""
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for paragraph in report.paragraphs:
        for one in paragraph.evidence:
            cells = (
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
            rows.writerow([paragraph.place, *map(_cell, cells)])
    return out.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
