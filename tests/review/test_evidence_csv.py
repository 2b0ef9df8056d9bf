import csv
from dataclasses import replace
from io import StringIO

from eventapp.review.formats.evidence_csv import COLUMNS, evidence_csv
from eventapp.review.reports.content import Chapter, Paragraph
from tests.review.sample import BROADBAND, REPORT


def test_each_cited_note_is_a_row() -> None:
    rows = list(csv.DictReader(StringIO(evidence_csv(REPORT))))

    assert [(row["paragraph"], row["note"], row["revision"]) for row in rows] == [
        ("3", "S2-01", "2"),
        ("3", "S2-03", "1"),
        ("4", "S2-03", "1"),
    ]
    assert tuple(rows[0]) == COLUMNS
    assert (rows[0]["action_lines"], rows[0]["goals"]) == ("C2 C7-EAGR", "9 11")


def test_no_cell_becomes_a_formula() -> None:
    for sign in ("=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "＝1"):
        cited = replace(BROADBAND, title=sign)
        odd = replace(REPORT, chapters=(Chapter(1, "One", (Paragraph(1, "Text.", (), (cited,)),)),))
        [_head, row] = list(csv.reader(StringIO(evidence_csv(odd), newline="")))

        assert row[4] == f"'{sign}"
