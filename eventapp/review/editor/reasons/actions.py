"""Giving a reason: words stay that a finding doubts, and the record says why. It holds for these words alone."""

from datetime import datetime
from typing import Any

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.review.reports.models import Paragraph, Reason, Report
from eventapp.review.reports.queries import chapter_rows, chapters_of, reasons_of
from eventapp.review.versions.checks import findings
from eventapp.review.versions.doubts import Doubt


def give_reason(
    report: Report, key: str, reason: str, *, at_place: Paragraph | None, by: Person | None, at: datetime
) -> Reason:
    """Let the words stay that the finding with this key doubts, in this paragraph or in a title.

    Refused where the report does not say them any more. A reason that was given for them before is replaced.
    """
    lock(report)
    doubt = next((one for one in _doubts(report, at_place) if one.key == key), None)
    if doubt is None:
        raise Refused(_("These words have changed, or nothing is doubted in them any more. Read them again."))
    row = reasons_of(report).get((doubt.kind, doubt.what, doubt.words))
    if row is None:
        row = Reason(report_id=report.id, kind=doubt.kind, what=doubt.what, words=doubt.words)
        db.session.add(row)
    row.reason, row.at, row.by_id = reason, at, by.id if by else None
    record("give reason", report, by=by, at=at, **_details(row))
    return row


def take_back_reason(report: Report, number: int, *, by: Person | None, at: datetime) -> None:
    """Let the finding stand again. One that was taken back already stays so."""
    lock(report)
    row = db.session.get(Reason, number)
    if row is not None and row.report_id == report.id:
        record("take back reason", report, by=by, at=at, **_details(row))
        db.session.delete(row)


def _doubts(report: Report, place: Paragraph | None) -> list[Doubt]:
    """Return what is doubted in a paragraph, or in the titles, whether a reason was given or not."""
    chapters = chapters_of(report, [place.chapter_id] if place else [])
    titles = [one.title for one in chapter_rows(report)]
    found = findings(report, chapters, titles=titles, unused=())
    if place is None:
        return [*found.in_titles, *(one.doubt for one in found.answered_in_titles)]
    about = found.paragraphs.get(place.id)
    return [*about.doubts, *(one.doubt for one in about.answered)] if about else []


def _details(row: Reason) -> dict[str, Any]:  # str of each, as history keeps a value of any type
    return {"finding": row.kind, "what": row.what, "words": row.words, "reason": row.reason}
