"""A report as one page in one file: it opens without a network, and its anchors are those of the page on the site."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from eventapp.review.language.data import in_its_language, phrases, sentence
from eventapp.review.language.grammar import one_of
from eventapp.review.language.wording import LABELS, correction_line, day_of, days_of, facts_of, matter_line
from eventapp.review.reports.content import Report

HERE = Path(__file__).parent
SHEET = "report.jinja"  # it includes report.css
KINDS = phrases("kinds")


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
        labels=LABELS,
        say=sentence,
        colon=colon,
        day_of=day_of,
        kind_of=kind_of,
        matter_line=matter_line,
        correction_line=correction_line,
    )
    return setter.get_template(SHEET)


def colon() -> str:
    """Return the colon as the language of the report sets it."""
    return one_of("joints", "colon")


def kind_of(code: str) -> str:
    """Return the word for a kind of note, in the language of the report."""
    return KINDS.get(code, code)
