"""A report as a PDF: tagged for screen readers, with real footnotes and page numbers in its contents."""

import json
from datetime import UTC, datetime, time
from pathlib import Path

import manimgx_fonts
import manimgx_fonts_cjk
import typst

from eventapp.review.formats.column_widths import SHARES
from eventapp.review.language.data import in_its_language
from eventapp.review.language.wording import LABELS, correction_line, days_of, facts_of, matter_line
from eventapp.review.reports.content import Annex, Chapter, Paragraph, Report
from eventapp.review.reports.numerals import capital
from eventapp.review.reports.parts import Masthead

SHEET = Path(__file__).with_name("report.typ")
# Only fonts that are installed with the project, so that every machine sets the same pages; the first is Typst's own.
FONT_PATHS = [Path(package.__file__).parent for package in (manimgx_fonts, manimgx_fonts_cjk)]
SCRIPTS = (
    "Arabic",
    "Armenian",
    "Bengali",
    "Devanagari",
    "Ethiopic",
    "Georgian",
    "Gujarati",
    "Gurmukhi",
    "Hebrew",
    "Kannada",
    "Khmer",
    "Lao",
    "Malayalam",
    "Myanmar",
    "Oriya",
    "Sinhala",
    "Tamil",
    "Telugu",
    "Thai",
)
FONTS = ("Libertinus Serif", "Noto Sans", *(f"Noto Sans {script}" for script in SCRIPTS), "Noto Sans CJK SC")


@in_its_language
def pdf(report: Report) -> bytes:
    """Return the report as a PDF file; the same report is always the same bytes.

    It is PDF/UA-1 unless a character is used that no font has: such a file is only tagged.
    """
    values = json.dumps(_values(report), ensure_ascii=False)
    try:
        return _set(values, report, accessible=True)
    except typst.TypstError:
        return _set(values, report, accessible=False)


def _set(values: str, report: Report, *, accessible: bool) -> bytes:
    made = typst.compile(
        SHEET,
        font_paths=FONT_PATHS,
        ignore_system_fonts=True,
        sys_inputs={"data": values},
        pdf_standards="ua-1" if accessible else None,
        timestamp=datetime.combine(report.issued_on, time(), tzinfo=UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("A PDF is one piece.")
    return made


def _values(report: Report) -> dict[str, object]:
    """Return what `report.typ` sets, in the order it sets it."""
    issued = report.issued_on
    return {
        "language": report.language,
        "fonts": FONTS,
        "heading": f"{report.title}: {report.meeting.title}",
        "heads": report.heads,
        "masthead": _masthead(report, report.masthead) if report.masthead else None,
        "symbol": report.symbol,
        "draft": report.draft,
        "meeting": report.meeting.title,
        "facts": facts_of(report),
        "issued": [issued.year, issued.month, issued.day],
        "place": f"{report.meeting.place}, {days_of(report)}",
        "title": report.title,
        "notices": report.notices,
        "contents": LABELS["contents"],
        "summary": {"title": LABELS["summary"], "paragraphs": report.summary},
        "matters": {"title": f"I. {LABELS['matters']}", "parts": _matters(report)},
        "chapters": [_chapter(report, chapter) for chapter in report.chapters],
        "annexes": [_annex(annex) for annex in report.annexes],
    }


def _masthead(report: Report, masthead: Masthead) -> dict[str, object]:
    """Return the lines below the rules: whose paper it is, and where it is dealt with."""
    where = (masthead.session, f"{report.meeting.place}, {days_of(report)}", masthead.item)
    return {"below": report.heads[2:], "session": where[0], "where": [line for line in where[1:] if line]}


def _matters(report: Report) -> list[dict[str, object]]:
    return [
        {
            "heading": f"{capital(place)}. {part.heading}",
            "opening": part.opening,
            "rows": [matter_line(row) for row in part.rows],
        }
        for place, part in enumerate(report.matters)
    ]


def _chapter(report: Report, chapter: Chapter) -> dict[str, object]:
    return {
        "numeral": chapter.numeral,
        "title": chapter.title,
        "sections": [
            {
                "heading": f"{one.letter}. {one.heading}" if one.heading else "",
                "level": one.level + 1,
                "paragraphs": [_paragraph(report, paragraph) for paragraph in one.paragraphs],
            }
            for one in chapter.sections
        ],
    }


def _paragraph(report: Report, paragraph: Paragraph) -> dict[str, object]:
    return {
        "number": paragraph.number,
        "letter": paragraph.letter,
        "label": paragraph.label,
        "corrections": [correction_line(one) for one in report.corrected(paragraph)],
        "pieces": [
            {
                "text": text,
                "footnote": footnote.text if footnote else "",
                "crowded": footnote is not None and footnote.number in paragraph.crowded,
                "notes": ", ".join(notes),
            }
            for text, footnote, (_letter, notes) in paragraph.spans
        ],
    }


def _annex(annex: Annex) -> dict[str, object]:
    return {
        "numeral": f"{LABELS['annex']} {annex.numeral}",
        "title": annex.title,
        "columns": annex.columns,
        "shares": SHARES.get(annex.code, (1,) * len(annex.columns)),
        "parts": [{"heading": part.heading, "rows": part.rows} for part in annex.parts],
    }
