"""The table of contents in Word: the chapters and their sections, with their paragraphs until there are pages."""

from collections.abc import Iterator

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from eventapp.review.formats.docx import styles
from eventapp.review.formats.docx.lines import instruction, link, mark
from eventapp.review.language.wording import LABELS, places
from eventapp.review.reports.content import Chapter, Report, Section


def anchor(chapter: Chapter, section: Section) -> str:
    """Return the name of the bookmark of a section."""
    return f"chapter{chapter.number}{section.anchor}"


def write(document: Document, report: Report) -> None:
    """Write the table of contents with the paragraphs of each chapter: true as it stands, whatever Word's pages are.

    A file cannot know them, and to have Word count them on opening makes it ask about "other files". So they come
    when somebody presses "Update Table", which Word offers above its own kind of table of contents.
    """
    entries = [*_entries(report)]
    if not entries:
        return
    document.add_paragraph(LABELS["contents"], style=styles.CONTENTS_TITLE)
    lines = [document.add_paragraph(style=style) for style, *_words in entries]
    mark(lines[0], "begin")
    instruction(lines[0], r' TOC \o "1-2" \h \z \u ')
    mark(lines[0], "separate")
    for line, (_style, leads_to, *words) in zip(lines, entries, strict=True):
        link(line, leads_to, "\t".join(word for word in words if word))
    mark(lines[-1], "end")
    _gallery([line._p for line in lines])  # noqa: SLF001


def _entries(report: Report) -> Iterator[tuple[str, str, str, str, str]]:
    """Walk the lines: the style of each, the bookmark it leads to, its number, words and paragraphs."""
    if report.matters:
        yield styles.CONTENTS, "chapter1", "I.", LABELS["matters"], ""
    for one in report.chapters:
        yield styles.CONTENTS, f"chapter{one.number}", f"{one.numeral}.", one.title, places(one.paragraphs)
        for section in one.sections:
            if section.heading and section.level == 1:
                rows = one.within(section)
                yield styles.BELOW, anchor(one, section), f"{section.letter}.", section.heading, places(rows)
    for annex in report.annexes:
        yield styles.CONTENTS, f"annex{annex.number}", f"{LABELS['annex']} {annex.numeral}.", annex.title, ""


def _gallery(lines: list[BaseOxmlElement]) -> None:
    """Put the lines where Word looks for a table of contents of its own, with the button that updates it."""
    gallery = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    lines[0].addprevious(gallery)
    gallery[-1].extend(lines)
