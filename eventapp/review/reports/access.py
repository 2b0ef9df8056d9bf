"""The way a view gets a report: by saying what the visitor may do with the review of its meeting."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import abort
from flask.typing import ResponseReturnValue

from eventapp.ground.web.access import View
from eventapp.meetings.access import Rule, with_meeting
from eventapp.meetings.models import Meeting
from eventapp.review.reports.models import Chapter, Paragraph, Report
from eventapp.review.reports.queries import chapter_rows, paragraph_of, report_at

P = ParamSpec("P")


def with_report(*, may: Rule) -> Callable[[Callable[Concatenate[Report, P], ResponseReturnValue]], View]:
    """Hand the view the report at `report` of the meeting at `slug`; 404 where there is none."""

    def decorate(view: Callable[Concatenate[Report, P], ResponseReturnValue]) -> View:
        @wraps(view)
        def opened(meeting: Meeting, report: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            found = report_at(meeting, report)
            if found is None:
                abort(404)
            return view(found, *args, **kwargs)

        return with_meeting(may=may)(opened)  # type: ignore[arg-type]  # Flask hands parts of an address over by name

    return decorate


def with_paragraph(*, may: Rule) -> Callable[[Callable[Concatenate[Report, Paragraph, P], ResponseReturnValue]], View]:
    """Hand the view the report and its paragraph with this number; 404 where it has none such."""

    def decorate(view: Callable[Concatenate[Report, Paragraph, P], ResponseReturnValue]) -> View:
        @wraps(view)
        def opened(report: Report, paragraph: int, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            found = paragraph_of(report, paragraph)
            if found is None:
                abort(404)
            return view(report, found, *args, **kwargs)

        return with_report(may=may)(opened)  # type: ignore[arg-type]  # likewise

    return decorate


def with_chapter(*, may: Rule) -> Callable[[Callable[Concatenate[Report, Chapter, P], ResponseReturnValue]], View]:
    """Hand the view the report and its chapter with this number; 404 where it has none such."""

    def decorate(view: Callable[Concatenate[Report, Chapter, P], ResponseReturnValue]) -> View:
        @wraps(view)
        def opened(report: Report, chapter: int, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            found = next((one for one in chapter_rows(report) if one.id == chapter), None)
            if found is None:
                abort(404)
            return view(report, found, *args, **kwargs)

        return with_report(may=may)(opened)  # type: ignore[arg-type]  # likewise

    return decorate
