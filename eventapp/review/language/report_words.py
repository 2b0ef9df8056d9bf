"""Saying everything in the words of one report: its language, its outline, and the themes of its meeting."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from eventapp.meetings.themes.queries import themes_of
from eventapp.review.language.data import NOTHING, written_in
from eventapp.review.reports.models import Report
from eventapp.review.reports.outline_words import Tables
from eventapp.review.reports.outlines import words_of

P = ParamSpec("P")
T = TypeVar("T")


def in_its_words(act: Callable[Concatenate[Report, P], T]) -> Callable[Concatenate[Report, P], T]:
    """Do something with a report, and say everything in its language and in the words of its outline meanwhile."""

    @wraps(act)
    def done(report: Report, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with written_in(report.language, _own_words(report)):
            return act(report, *args, **kwargs)

    return done


def _own_words(report: Report) -> Tables:
    """The words of its outline, and the names of the themes that its meeting has of its own."""
    tables = words_of(report.outline, report.language)
    lines = [one for each in themes_of(report.meeting).sets for one in each.lines]
    if not lines:
        return tables
    named = {one.code: one.texts.get(report.language) or one.short_title for one in lines}
    return {**tables, **{name: {**named, **tables.get(name, NOTHING)} for name in ("topics", "headings")}}
