"""The tables of a report as a workbook: its paragraphs, their evidence, and a sheet for each annex.

Every cell is text, so that none becomes a formula, or a number that was counted. The same report is the same bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from io import BytesIO

from eventapp.review.formats.evidence_csv import COLUMNS, evidence_rows
from eventapp.review.language.data import in_its_language, phrases
from eventapp.review.language.wording import LABELS
from eventapp.review.reports.content import Annex, Chapter, Paragraph, Report

PARAGRAPHS = ("paragraph", "chapter", "section", "text", "footnotes", "notes")
SENTENCES = ("paragraph", "text", "notes")
MATTERS = ("group", "text", "to", "by", "paragraph")
LONGEST_CELL, LONGEST_NAME = 32_767, 31  # characters that a workbook takes
COUNTS = ("paragraph", "revision")  # columns whose cells are numbers, to sort and to add
WIDE, NARROW = 60, 18
EVIDENCE = "evidence"  # the annex that the sheet of the evidence tells in full
SHEETS, HEADS, KINDS, ANNEX_HEADS = phrases("sheets"), phrases("columns"), phrases("kinds"), phrases("annex_heads")
Rows = Iterable[Sequence[str]]


@in_its_language
def xlsx(report: Report) -> bytes:
    """Return the workbook, its sheets and columns named in the language of the report."""
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
            counts, wide = _counts(), HEADS["text"]
            for number, row in enumerate(rows, start=1):
                for column, cell in enumerate(row):
                    if heads[column] in counts and cell.isdecimal():
                        sheet.write_number(number, column, int(cell), body)
                    else:
                        sheet.write_string(number, column, cell[:LONGEST_CELL], body)
            sheet.freeze_panes(1, 0)
            for column, head in enumerate(heads):
                sheet.set_column(column, column, WIDE if head == wide else NARROW)
    return out.getvalue()


def _marked(report: Report) -> Iterator[tuple[str, Sequence[str], Rows]]:
    """Walk the sheets; in a draft each row of each says that it is one."""
    for name, heads, rows in _sheets(report):
        if report.draft:
            yield name, (*heads, HEADS["draft"]), ((*row, report.draft) for row in rows)
        else:
            yield name, heads, rows


def _printed(words: str) -> str:
    """Return words for the head of a printed sheet, where & begins a code."""
    return words.replace("&", "&&")


def _sheets(report: Report) -> Iterator[tuple[str, Sequence[str], Rows]]:
    yield SHEETS["paragraphs"], _heads(PARAGRAPHS), _paragraphs(report)
    if report.matters:
        yield (
            SHEETS["matters"],
            _heads(MATTERS),
            [(part.heading, row.text, row.to, row.by, row.paragraph) for part in report.matters for row in part.rows],
        )
    if any(paragraph.sentences for paragraph in report.paragraphs):
        yield SHEETS["sentences"], _heads(SENTENCES), _sentences(report)
    yield SHEETS["evidence"], _heads(COLUMNS), _evidence(report)
    for annex in report.annexes:
        if annex.code != EVIDENCE:
            yield f"{annex.numeral} {annex.title}", *_annex(annex)


def _heads(columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(HEADS[one] for one in columns)


def _counts() -> set[str]:
    """Return the heads of columns of numbers; that of the statistics is the last of its annex."""
    return {*_heads(COUNTS), ANNEX_HEADS["statistics"].split("|")[-1]}


def _evidence(report: Report) -> Iterator[Sequence[str]]:
    """Walk the evidence, the kind of each note in words."""
    kind = COLUMNS.index("kind")
    for row in evidence_rows(report):
        yield (*row[:kind], KINDS.get(row[kind], row[kind]), *row[kind + 1 :])


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
