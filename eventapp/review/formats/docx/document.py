"""A report as a Word file: real styles, automatic numbers, footnotes, a table of contents, plain tables."""

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime, time
from io import BytesIO

import docx as word
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph as Line

from eventapp.review.formats.column_widths import SHARES
from eventapp.review.formats.docx import first_page, footnotes, masthead, styles
from eventapp.review.formats.docx.lines import bookmark, rule
from eventapp.review.language.data import in_its_language
from eventapp.review.language.wording import LABELS, correction_line, days_of, facts_of, places
from eventapp.review.reports.content import Annex, Chapter, Paragraph, Report

DROPPED = ("stylesWithEffects", "customXml", "metadata/thumbnail")  # leftovers of the empty template
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
    _contents(document, report)
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
        _field(line, "PAGE", "1")
        line.add_run("/")
        _field(line, "NUMPAGES", "1")


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


def _contents(document: Document, report: Report) -> None:
    """Write the table of contents with the paragraphs of each chapter: true as it stands, whatever Word's pages are.

    A file cannot know them, and to have Word count them on opening makes it ask about "other files". So they come
    when somebody presses "Update Table", which Word offers above its own kind of table of contents.
    """
    matters = [("chapter1", "I.", LABELS["matters"], "")] if report.matters else []
    entries = [
        *matters,
        *((f"chapter{one.number}", f"{one.numeral}.", one.title, places(one)) for one in report.chapters),
        *((f"annex{one.number}", f"{LABELS['annex']} {one.numeral}.", one.title, "") for one in report.annexes),
    ]
    if not entries:
        return
    document.add_paragraph(LABELS["contents"], style=styles.CONTENTS_TITLE)
    lines = [document.add_paragraph(style=styles.CONTENTS) for _entry in entries]
    _mark(lines[0], "begin")
    _instruction(lines[0], r' TOC \o "1-2" \h \z \u ')
    _mark(lines[0], "separate")
    for line, (anchor, *words) in zip(lines, entries, strict=True):
        _link(line, anchor, "\t".join(word for word in words if word))
    _mark(lines[-1], "end")
    _gallery([line._p for line in lines])  # noqa: SLF001


def _gallery(lines: list[BaseOxmlElement]) -> None:
    """Put the lines where Word looks for a table of contents of its own, with the button that updates it."""
    gallery = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    lines[0].addprevious(gallery)
    gallery[-1].extend(lines)


def _chapter(document: Document, report: Report, chapter: Chapter) -> None:
    heading = document.add_paragraph(chapter.title, style="Heading 1")
    bookmark(heading, f"chapter{chapter.number}", chapter.number)
    for paragraph in chapter.paragraphs:
        if paragraph.heading:
            document.add_paragraph(paragraph.heading, style="Heading 2")
        style = styles.SUBPARAGRAPH if paragraph.letter else styles.PARAGRAPH
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


def _field(line: Line, instruction: str, shown: str) -> None:
    _mark(line, "begin")
    _instruction(line, f" {instruction} ")
    _mark(line, "separate")
    line.add_run(shown)
    _mark(line, "end")


def _mark(line: Line, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    line.add_run()._r.append(mark)  # noqa: SLF001


def _instruction(line: Line, text: str) -> None:
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = text
    line.add_run()._r.append(instruction)  # noqa: SLF001


def _link(line: Line, anchor: str, text: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    link.append(line.add_run(text)._r)  # noqa: SLF001
    line._p.append(link)  # noqa: SLF001


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
