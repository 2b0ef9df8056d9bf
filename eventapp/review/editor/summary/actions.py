"""Writing the summary by hand; it stays when the report is compiled again, as a paragraph does."""

from datetime import datetime

from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.review.first_page.summary import MOST_WORDS, words_in
from eventapp.review.reports.models import Report


def write_summary(report: Report, text: str, *, before: str, by: Person | None, at: datetime) -> None:
    """Keep the words; none lets the notes say it again. Refused where they are too many, or others wrote meanwhile."""
    lock(report)
    if report.summary != before:
        raise Refused(_("Somebody else wrote the summary meanwhile. Compare with it, then save again."))
    number = words_in([text])
    if number > MOST_WORDS:
        raise Refused(_("A summary has %(most)s words at most. This one has %(num)s.", most=MOST_WORDS, num=number))
    if text != report.summary:
        record("write summary", report, by=by, at=at, before=report.summary, after=text)
        report.summary = text
