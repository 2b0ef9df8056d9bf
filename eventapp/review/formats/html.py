"""A report as one page in one file: it opens without a network, and its anchors are those of the page on the site."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from eventapp.review.language.data import in_its_language
from eventapp.review.language.wording import LABELS, correction_line, day_of, days_of, facts_of, matter_line
from eventapp.review.reports.content import Report

HERE = Path(__file__).parent
SHEET = "report.jinja"  # it includes report.css
KINDS = {"flagship": "Flagship initiative"}  # every other kind reads as its code does


@in_its_language
def html(report: Report) -> str:
    """Return the report as HTML; no text of it can become markup, and nothing is loaded from elsewhere."""
    return sheet().render(
        report=report, footnotes=tuple(report.footnotes), days=days_of(report), facts=facts_of(report)
    )


@cache
def sheet() -> Template:
    """Return the template, which belongs to no request and knows no reader: the same report is the same bytes."""
    loader = FileSystemLoader(HERE)
    setter = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    setter.globals.update(
        labels=LABELS, day_of=day_of, kind_of=kind_of, matter_line=matter_line, correction_line=correction_line
    )
    return setter.get_template(SHEET)


def kind_of(code: str) -> str:
    """Return the word for a kind of note, in the language of the report."""
    return KINDS.get(code) or code.replace("-", " ").capitalize()
