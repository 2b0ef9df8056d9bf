"""The tables of a report as a workbook: its paragraphs, their evidence, and a sheet for each annex.

Every cell is text, so that none becomes a formula, or a number that was counted. The same report is the same bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from io import BytesIO

from eventapp.review.formats.evidence_csv import COLUMNS, evidence_rows
from eventapp.review.language.wording import LABELS
from eventapp.review.reports.content import Annex, Chapter, Paragraph, Report

PARAGRAPHS = ("paragraph", "chapter", "section", "text", "footnotes", "notes")
SENTENCES = ("paragraph", "text", "notes")
MATTERS = ("group", "text", "to", "by", "paragraph")
LONGEST_CELL, LONGEST_NAME = 32_767, 31  # characters that a workbook takes
COUNTS = ("paragraph", "revision", "Number")  # columns whose cells are numbers, to sort and to add
WIDE, NARROW = 60, 18
EVIDENCE = "evidence"  # the annex that the sheet of the evidence tells in full
Rows = Iterable[Sequence[str]]


def xlsx(report: Report) -> bytes:
    """Return the workbook."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(
            {
                "title": report.title,
                "subject": report.meeting.title,
                "author": ", ".join(report.bodies),
                "keywords": report.symbol,
                "created": datetime.combine(report.issued_on, time(), UTC).replace(tzinfo=None),
            }
        )
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for name, heads, rows in _marked(report):
            sheet = book.add_worksheet(name[:LONGEST_NAME])
            sheet.set_header(f"&L{_printed(report.symbol)}&R{_printed(report.draft)}")
            sheet.write_row(0, 0, heads, bold)
            for number, row in enumerate(rows, start=1):
                for column, cell in enumerate(row):
                    if heads[column] in COUNTS and cell.isdecimal():
                        sheet.write_number(number, column, int(cell), body)
                    else:
                        sheet.write_string(number, column, cell[:LONGEST_CELL], body)
            sheet.freeze_panes(1, 0)
            for column, head in enumerate(heads):
                sheet.set_column(column, column, WIDE if head == "text" else NARROW)
    return out.getvalue()


def _marked(report: Report) -> Iterator[tuple[str, Sequence[str], Rows]]:
    """Walk the sheets; in a draft each row of each says that it is one."""
    for name, heads, rows in _sheets(report):
        if report.draft:
            yield name, (*heads, "draft"), ((*row, report.draft) for row in rows)
        else:
            yield name, heads, rows


def _printed(words: str) -> str:
    """Return words for the head of a printed sheet, where & begins a code."""
    return words.replace("&", "&&")


def _sheets(report: Report) -> Iterator[tuple[str, Sequence[str], Rows]]:
    yield "Paragraphs", PARAGRAPHS, _paragraphs(report)
    if report.matters:
        yield (
            "Matters",
            MATTERS,
            [(part.heading, row.text, row.to, row.by, row.paragraph) for part in report.matters for row in part.rows],
        )
    if any(paragraph.sentences for paragraph in report.paragraphs):
        yield "Sentences", SENTENCES, _sentences(report)
    yield "Evidence", COLUMNS, evidence_rows(report)
    for annex in report.annexes:
        if annex.code != EVIDENCE:
            yield f"{annex.numeral} {annex.title}", *_annex(annex)


def _paragraphs(report: Report) -> Iterator[Sequence[str]]:
    for chapter in report.chapters:
        for paragraph, section in _with_sections(chapter):
            yield (
                paragraph.place,
                f"{chapter.numeral}. {chapter.title}",
                section,
                paragraph.text,
                "\n".join(f"{footnote.number} {footnote.text}" for footnote in paragraph.footnotes),
                " ".join(one.note for one in paragraph.evidence),
            )


def _with_sections(chapter: Chapter) -> Iterator[tuple[Paragraph, str]]:
    """Walk the paragraphs, each with the headings that it stands below inside the chapter."""
    above = ""
    for section in chapter.sections:
        own = f"{section.letter}. {section.heading}" if section.heading else ""
        above = own if section.level == 1 else above
        whole = own if section.level == 1 else f"{above}, {own}"
        yield from ((paragraph, whole) for paragraph in section.paragraphs)


def _sentences(report: Report) -> Iterator[Sequence[str]]:
    for paragraph in report.paragraphs:
        starts = [0, *(one.end for one in paragraph.sentences)]
        for start, one in zip(starts, paragraph.sentences, strict=False):
            yield paragraph.place, paragraph.text[start : one.end].strip(), " ".join(one.notes)


def _annex(annex: Annex) -> tuple[Sequence[str], Rows]:
    """Return heads and rows; where the annex has parts, the heading of its part stands before each row."""
    if not any(part.heading for part in annex.parts):
        return annex.columns, [row for part in annex.parts for row in part.rows]
    return (LABELS["group"], *annex.columns), [(part.heading, *row) for part in annex.parts for row in part.rows]
