"""The workbook of a report, read by another program than the one that writes it."""

from dataclasses import replace
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from eventapp.review.formats.evidence_csv import COLUMNS
from eventapp.review.formats.xlsx import PARAGRAPHS, xlsx
from eventapp.review.reports.content import Annex, Chapter, Paragraph, Report, Rows
from tests.review.sample import BROADBAND, REPORT


def opened(report: Report = REPORT) -> Workbook:
    return load_workbook(BytesIO(xlsx(report)))


def lines(book: Workbook, name: str) -> list[tuple[object, ...]]:
    return list(book[name].iter_rows(values_only=True))


def test_paragraphs_evidence_and_annexes_are_sheets() -> None:
    book = opened()
    assert book.sheetnames == ["Paragraphs", "Evidence", "I Programme", "II Participants"]
    head, first, *_others, last = lines(book, "Paragraphs")
    assert head == PARAGRAPHS
    assert first[:2] == (1, "I. Background")
    assert first[4] == "1 General Assembly resolution 70/125 of 16 December 2015."
    assert last[5] == "S2-03"
    head, *rows = lines(book, "Evidence")
    assert head == COLUMNS
    assert [row[:3] for row in rows] == [(3, "S2-01", 2), (3, "S2-03", 1), (4, "S2-03", 1)]


def test_the_parts_of_an_annex_stand_before_its_rows() -> None:
    book = opened()
    assert lines(book, "I Programme")[0] == ("Time", "No.", "Item", "Room")
    head, first, *_others = lines(book, "II Participants")
    assert head == ("Group", "Delegation", "Name", "Organization")
    assert first == ("Member States", "Bhutan", "Tshering Dorji", "Department of Information Technology")


def test_what_was_counted_can_be_added_up() -> None:
    rows = (Rows("Notes cited", (("Trend", "3"), ("1.2 Challenge", "12"))),)
    statistics = Annex(1, "statistics", "Statistics", ("What was counted", "Number"), rows)
    _head, *counted = lines(opened(replace(REPORT, annexes=(statistics,))), "I Statistics")
    assert counted == [("Notes cited", "Trend", 3), ("Notes cited", "1.2 Challenge", 12)]


def test_no_cell_is_a_formula_and_the_longest_words_and_titles_fit() -> None:
    cited = replace(BROADBAND, title="=1+1", text="x" * 40_000)
    annexes = (replace(REPORT.annexes[0], title="Programme of the meeting as it was held in the end"),)
    odd = replace(REPORT, chapters=(Chapter(1, "One", (Paragraph(1, "=A1", (), (cited,)),)),), annexes=annexes)
    book = opened(odd)
    assert book["Paragraphs"]["D2"].data_type == "s"
    assert book["Evidence"]["E2"].value == "=1+1"
    assert book["Evidence"]["E2"].data_type == "s"
    assert len(str(book["Evidence"]["F2"].value)) == 32_767
    assert book.sheetnames[-1] == "I Programme of the meeting as i"


def test_the_same_report_is_the_same_bytes_and_another_one_is_not() -> None:
    assert xlsx(REPORT) == xlsx(replace(REPORT))
    assert xlsx(REPORT) != xlsx(replace(REPORT, title="Another report"))


def test_the_sheets_and_columns_of_a_french_report_are_in_french() -> None:
    rows = (Rows("Notes citées", (("Tendance", "3"),)),)
    statistics = Annex(1, "statistics", "Statistiques", ("Ce qui a été compté", "Nombre"), rows)
    book = opened(replace(REPORT, language="fr", annexes=(statistics,), draft="Projet"))
    assert book.sheetnames == ["Paragraphes", "Sources", "I Statistiques"]
    head, first = lines(book, "Paragraphes")[:2]
    assert head == ("paragraphe", "chapitre", "section", "texte", "notes de bas de page", "notes", "projet")
    assert first[0] == 1  # a number, as in English
    assert lines(book, "Sources")[1][3] == "Tendance"
    assert lines(book, "I Statistiques")[1] == ("Notes citées", "Tendance", 3, "Projet")
