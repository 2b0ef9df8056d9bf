from dataclasses import fields
from pathlib import Path

import pytest

from eventapp.review.compiling.numbering import Unnumbered, numbered, without_footnotes
from eventapp.review.reports import content, parts
from eventapp.review.reports.content import Footnote, Paragraph
from eventapp.review.reports.numerals import roman
from tests.review.sample import REPORT

FORMAT = Path(__file__).parents[2] / "docs" / "report-format.md"


def test_numbers_run_through_the_report_and_an_empty_chapter_takes_none() -> None:
    assert [(chapter.number, chapter.title) for chapter in REPORT.chapters] == [
        (1, "Background"),
        (2, "Emerging trends, challenges and opportunities"),
    ]
    assert [paragraph.number for paragraph in REPORT.paragraphs] == [1, 2, 3, 4]
    assert [footnote.number for footnote in REPORT.footnotes] == [1, 2]


def test_a_footnote_is_taken_out_of_the_text_and_remembers_its_place() -> None:
    [chapter] = numbered([("One", [Unnumbered("By 72/10,^[ESCAP 72/10.] it asked.^[See ^ there.]")])])

    assert chapter.paragraphs == (
        Paragraph(1, "By 72/10, it asked.", (Footnote(1, 9, "ESCAP 72/10."), Footnote(2, 19, "See ^ there."))),
    )


def test_the_pieces_of_a_paragraph_end_where_its_footnotes_stand() -> None:
    first, second = Footnote(1, 3, "a"), Footnote(2, 7, "b")

    assert Paragraph(1, "One two", (first, second)).pieces == [("One", first), (" two", second)]
    assert Paragraph(1, "One two", (first,)).pieces == [("One", first), (" two", None)]
    assert Paragraph(1, "One two").pieces == [("One two", None)]
    assert Paragraph(1, "").pieces == [("", None)]


def test_running_text_can_be_had_without_its_footnotes() -> None:
    assert without_footnotes("By 72/10, ^[ESCAP 72/10.] it asked.") == "By 72/10, it asked."


@pytest.mark.parametrize(
    ("number", "numeral"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (18, "XVIII"), (39, "XXXIX")]
)
def test_chapters_carry_roman_numerals(number: int, numeral: str) -> None:
    assert roman(number) == numeral


def test_the_written_format_names_every_field() -> None:
    described = FORMAT.read_text(encoding="utf-8")
    kinds = (
        content.Report,
        parts.MeetingFacts,
        content.Chapter,
        content.Paragraph,
        content.Footnote,
        content.Evidence,
        content.Translation,
        content.Annex,
        content.Rows,
    )

    missing = [
        f"{kind.__name__}.{field.name}"
        for kind in kinds
        for field in fields(kind)
        if f"| `{kind.__name__}.{field.name}` |" not in described
    ]
    assert missing == []
