"""What stands before the chapters in Word: the summary in its box, and the matters calling for action."""

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Twips
from docx.text.paragraph import Paragraph as Line

from eventapp.review.formats.docx import styles
from eventapp.review.formats.docx.lines import bookmark
from eventapp.review.formats.docx.numbers import STEP
from eventapp.review.language.wording import LABELS, matter_line
from eventapp.review.reports.content import Report

FIRST_RUN, LETTERS = 40, 4  # numbers of runs of letters that begin anew, and of the run that they repeat


def summary(document: Document, report: Report) -> None:
    """Put the summary into its box."""
    if report.summary:
        document.add_paragraph(LABELS["summary"], style=styles.SUMMARY_TITLE)
    for words in report.summary:
        document.add_paragraph(words, style=styles.SUMMARY)


def matters(document: Document, report: Report) -> None:
    """Write chapter I; Word counts it as it counts the others, and letters its rows anew in each part."""
    if report.matters:
        bookmark(document.add_paragraph(LABELS["matters"], style="Heading 1"), "chapter1", 1)
    for place, part in enumerate(report.matters):
        document.add_paragraph(part.heading, style="Heading 2")
        opening = document.add_paragraph(part.opening, style=styles.MASTHEAD).paragraph_format
        opening.space_after, opening.left_indent = styles.AFTER, Twips(STEP)
        _begin(document, FIRST_RUN + place)
        for row in part.rows:
            _lettered(document.add_paragraph(matter_line(row), style=styles.MATTER), FIRST_RUN + place)


def _begin(document: Document, run: int) -> None:
    document.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{run}"><w:abstractNumId w:val="{LETTERS}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )


def _lettered(line: Line, run: int) -> None:
    numbers = line._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
    numbers.get_or_add_numId().val = run
