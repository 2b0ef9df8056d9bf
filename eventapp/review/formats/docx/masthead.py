"""The head of a paper of an organ in Word: corner, organ and distribution between two rules, session and item."""

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from eventapp.review.formats.docx import styles
from eventapp.review.formats.docx.lines import rule
from eventapp.review.language.wording import days_of, facts_of
from eventapp.review.reports.content import Report
from eventapp.review.reports.parts import Masthead

CORNER, ORGAN = Pt(12), Pt(17)


def write(document: Document, report: Report, masthead: Masthead) -> None:
    """Put the head on the first page, down to the meeting's own title."""
    _corner(document, report)
    _organ(document, report)
    for name in report.heads[2:]:
        _line(document, name, bold=True)
    if masthead.session:
        _line(document, masthead.session, bold=True)
    _line(document, "\n".join(filter(None, (f"{report.meeting.place}, {days_of(report)}", masthead.item))))
    _line(document, report.meeting.title, bold=True)


def _corner(document: Document, report: Report) -> None:
    line = document.add_paragraph(style=styles.MASTHEAD)
    line.paragraph_format.tab_stops.add_tab_stop(styles.WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    run = line.add_run(f"{report.heads[0]}\t{report.symbol}")
    run.bold, run.font.size = True, CORNER
    rule(line, "bottom", 6)


def _organ(document: Document, report: Report) -> None:
    """The organ with the first of the facts beside it; the others below, so that no line needs a table."""
    line = document.add_paragraph(style=styles.MASTHEAD)
    line.paragraph_format.space_before, line.paragraph_format.space_after = Mm(2), Mm(3)
    line.paragraph_format.tab_stops.add_tab_stop(styles.FACTS_TAB)
    organ = line.add_run("".join(report.heads[1:2]))
    organ.bold, organ.font.size = True, ORGAN
    distributed, day, language = facts_of(report)
    line.add_run(f"\t{distributed}\n\t{day}\n\n\t{language}")
    rule(line, "bottom", 24)


def _line(document: Document, words: str, *, bold: bool = False) -> None:
    line = document.add_paragraph(style=styles.MASTHEAD)
    line.paragraph_format.space_after = Mm(2)
    line.add_run(words).bold = bold
