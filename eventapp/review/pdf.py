"""A report as a PDF: tagged for screen readers, with real footnotes and page numbers in its contents."""

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import manimgx_fonts
import manimgx_fonts_cjk
import typst

from eventapp.review.content import Annex, Chapter, Paragraph, Report
from eventapp.review.wording import LABELS, SHARES, day_of, days_of

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


def _values(report: Report) -> dict[str, Any]:
    """Return what `report.typ` sets, in the order it sets it."""
    issued = report.issued_on
    return {
        "language": report.language,
        "fonts": FONTS,
        "heading": f"{report.title}: {report.meeting.title}",
        "bodies": report.bodies,
        "symbol": report.symbol,
        "meeting": report.meeting.title,
        "facts": [f"{LABELS['distribution']} {report.distribution}", day_of(issued), LABELS["only"]],
        "issued": [issued.year, issued.month, issued.day],
        "place": f"{report.meeting.place}, {days_of(report)}",
        "title": report.title,
        "notices": report.notices,
        "contents": LABELS["contents"],
        "chapters": [_chapter(chapter) for chapter in report.chapters],
        "annexes": [_annex(annex) for annex in report.annexes],
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {
        "numeral": chapter.numeral,
        "title": chapter.title,
        "paragraphs": [_paragraph(paragraph) for paragraph in chapter.paragraphs],
    }


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "number": paragraph.number,
        "letter": paragraph.letter,
        "pieces": [
            {
                "text": text,
                "footnote": footnote.text if footnote else "",
                "crowded": footnote is not None and footnote.number in paragraph.crowded,
            }
            for text, footnote in paragraph.pieces
        ],
    }


def _annex(annex: Annex) -> dict[str, Any]:
    return {
        "numeral": f"{LABELS['annex']} {annex.numeral}",
        "title": annex.title,
        "columns": annex.columns,
        "shares": SHARES.get(annex.code, (1,) * len(annex.columns)),
        "parts": [{"heading": part.heading, "rows": part.rows} for part in annex.parts],
    }
