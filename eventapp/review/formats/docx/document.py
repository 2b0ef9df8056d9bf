"""A report as a Word file: real styles, automatic numbers, footnotes, a table of contents, plain tables."""

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime, time
from io import BytesIO

import docx as word
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph as Line

from eventapp.review.formats.column_widths import SHARES
from eventapp.review.formats.docx import contents, first_page, footnotes, masthead, styles
from eventapp.review.formats.docx.lines import bookmark, field, rule
from eventapp.review.language.data import in_its_language
from eventapp.review.language.wording import correction_line, days_of, facts_of
from eventapp.review.reports.content import Annex, Chapter, Paragraph, Report

DROPPED = ("stylesWithEffects", "customXml", "metadata/thumbnail")  # leftovers of the empty template
SECTIONS = 1000  # numbers of bookmarks of the sections of a chapter: those of chapters and annexes are lower
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day a zip entry can carry


@in_its_language
def docx(report: Report) -> bytes:
    """Return the report as a .docx file; the same report is always the same bytes."""
    document = word.Document()
    _page(document)
    styles.dress(document, report.language)
    _properties(document, report)
    _edges(document, report)
    _head(document, report)
    first_page.summary(document, report)
    contents.write(document, report)
    first_page.matters(document, report)
    for chapter in report.chapters:
        _chapter(document, report, chapter)
    for annex in report.annexes:
        _annex(document, annex)
    if report.annexes:
        document.add_paragraph(style=styles.MASTHEAD)  # Word takes no file that ends with a table
    footnotes.write(document, report.footnotes)
    return _packed(document)


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(28)
    section.top_margin, section.bottom_margin = Mm(25), Mm(24)
    section.header_distance = section.footer_distance = Mm(12)
    section.different_first_page_header_footer = True


def _properties(document: Document, report: Report) -> None:
    at = datetime.combine(report.issued_on, time(), tzinfo=UTC)
    about = document.core_properties
    about.title, about.subject = f"{report.title}: {report.meeting.title}", report.symbol
    about.author = about.last_modified_by = ", ".join(report.bodies)
    about.created = about.modified = about.last_printed = at
    about.comments, about.keywords, about.category = " ".join(report.notices), "", ""
    about.language, about.revision, about.version = report.language, 1, str(report.version)


def _edges(document: Document, report: Report) -> None:
    """Put symbol and page number on every page; the first page carries the symbol in its head."""
    section = document.sections[0]
    section.header.paragraphs[0].add_run(report.symbol).bold = True
    if report.draft:
        for header in (section.header, section.first_page_header):
            line = header.paragraphs[0]
            line.style = document.styles["Header"]
            line.add_run(f"\t{report.draft}").bold = True
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.style = document.styles["Footer"]
        line.add_run(report.symbol).bold = True
        line.add_run("\t")
        field(line, "PAGE", "1")
        line.add_run("/")
        field(line, "NUMPAGES", "1")


def _head(document: Document, report: Report) -> None:
    if report.masthead:
        masthead.write(document, report, report.masthead)
    else:
        _plain_head(document, report)
    document.add_paragraph(report.title, style="Title")
    for notice in report.notices:
        document.add_paragraph(notice, style=styles.NOTICE)


def _plain_head(document: Document, report: Report) -> None:
    first = document.add_paragraph(style=styles.MASTHEAD)
    first.paragraph_format.tab_stops.add_tab_stop(styles.WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    first.add_run("\n".join(report.bodies) + f"\t{report.symbol}").bold = True
    rule(first, "bottom", 6)
    name = document.add_paragraph(style=styles.MASTHEAD)
    name.paragraph_format.space_before = name.paragraph_format.space_after = Mm(3)
    name.add_run(report.meeting.title).bold = True
    facts = document.add_paragraph(style=styles.MASTHEAD)
    facts.paragraph_format.space_after = Mm(6)
    facts.paragraph_format.tab_stops.add_tab_stop(styles.FACTS_TAB)
    facts.add_run(f"{report.meeting.place}, {days_of(report)}\t" + "\n\t".join(facts_of(report)))
    rule(facts, "bottom", 24)


def _chapter(document: Document, report: Report, chapter: Chapter) -> None:
    heading = document.add_paragraph(chapter.title, style="Heading 1")
    bookmark(heading, f"chapter{chapter.number}", chapter.number)
    for place, section in enumerate(chapter.sections):
        if section.heading:
            line = document.add_paragraph(section.heading, style=f"Heading {section.level + 1}")
            bookmark(line, contents.anchor(chapter, section), SECTIONS * chapter.number + place)
        _paragraphs(document, report, section.paragraphs)


def _paragraphs(document: Document, report: Report, paragraphs: Iterable[Paragraph]) -> None:
    for paragraph in paragraphs:
        below = styles.ITEM if paragraph.is_item else styles.SUBPARAGRAPH
        style = below if paragraph.letter else styles.PARAGRAPH
        _paragraph(document.add_paragraph(style=style), paragraph)
        for one in report.corrected(paragraph):
            document.add_paragraph(correction_line(one), style=styles.CORRECTED)


def _paragraph(line: Line, paragraph: Paragraph) -> None:
    """Write the text with its footnotes, and behind each sentence the notes it rests on."""
    for text, footnote, (_letter, notes) in paragraph.spans:
        line.add_run(text)
        if footnote:
            if footnote.number in paragraph.crowded:
                line.add_run(",", style=styles.FOOTNOTE_MARK)
            footnotes.mark(line.add_run(style=styles.FOOTNOTE_MARK), footnote)
        if notes:
            line.add_run(f" [{', '.join(notes)}]", style=styles.SOURCES)


def _annex(document: Document, annex: Annex) -> None:
    heading = document.add_paragraph(annex.title, style=styles.ANNEX)
    bookmark(heading, f"annex{annex.number}", 100 + annex.number)
    for place, part in enumerate(annex.parts):
        if part.heading:
            document.add_paragraph(part.heading, style=styles.GROUP)
        elif place:
            document.add_paragraph(style=styles.MASTHEAD)  # without one between them two tables become one
        _table(document, annex, part.rows)


def _table(document: Document, annex: Annex, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=len(rows) + 1, cols=len(annex.columns), style=styles.TABLE)
    table.autofit = False
    _widths(table, SHARES.get(annex.code, (1,) * len(annex.columns)))
    cells = iter(table._cells)  # noqa: SLF001 - one walk instead of a search for each cell
    for row in (annex.columns, *rows):
        for text in row:
            line = next(cells).paragraphs[0]
            line.style = document.styles[styles.CELL]
            line.add_run(text)
    _repeat(table)


def _widths(table: Table, shares: tuple[int, ...]) -> None:
    for column, share in zip(table.columns, shares, strict=True):
        column.width = int(styles.WIDTH * share / sum(shares))
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            cell.width = column.width


def _repeat(table: Table) -> None:
    """Repeat the column heads on each page, and keep a row on one page."""
    for place, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))


def _packed(document: Document) -> bytes:
    """Write the package with one fixed time on every file in it."""
    package = document.part.package
    for relations in (package.rels, document.part.rels):
        for key in [key for key, one in relations.items() if one.reltype.endswith(DROPPED)]:
            del relations[key]
    written, fixed = BytesIO(), BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        _copy(source, target, sorted(source.namelist()))
    return fixed.getvalue()


def _copy(source: zipfile.ZipFile, target: zipfile.ZipFile, names: Iterable[str]) -> None:
    for name in names:
        entry = zipfile.ZipInfo(name, EPOCH)
        entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
        target.writestr(entry, source.read(name))
