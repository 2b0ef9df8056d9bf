"""What an editor does to a whole report besides compiling and publishing it."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.record.notes.models import Note
from eventapp.review.reports.models import Chapter, LeftOut, Report
from eventapp.review.reports.queries import is_cited, left_out
from eventapp.review.versions.publication_snapshot import present_paragraphs


def name_report(report: Report, title: str, symbol: str, *, by: Person | None, at: datetime) -> None:
    """Give the report another title and symbol. What was published keeps its own; the same again changes nothing."""
    lock(report)
    before = (report.title, report.symbol)
    if before == (title, symbol):
        return
    report.title, report.symbol = title, symbol
    after = {"title": title, "symbol": symbol}
    record("name report", report, by=by, at=at, meeting_id=report.meeting_id, before=before, **after)


def leave_out(report: Report, note: Note, reason: str, *, by: Person | None, at: datetime) -> LeftOut:
    """Keep a note out of the report, with the reason. Refused while a paragraph cites it."""
    lock(report)
    if is_cited(report, note.id):
        raise Refused(cited(note.reference))
    row = left_out(report).get(note.id) or LeftOut(report_id=report.id, note_id=note.id)
    row.reason, row.at, row.by_id = reason, at, by.id if by else None
    db.session.add(row)
    record("leave out", report, by=by, at=at, note=note.reference, reason=reason)
    return row


def refuse_cited(note_id: int, reference: str, chapters: Sequence[Chapter]) -> None:
    """Refuse where a paragraph that stands in these chapters cites the note."""
    paragraphs = [paragraph for chapter in chapters for paragraph in present_paragraphs(chapter)]
    if any(one.note_id == note_id for paragraph in paragraphs for one in paragraph.evidence):
        raise Refused(cited(reference))


def cited(reference: str) -> str:
    return _("%(note)s is cited in the report. Take it out of the paragraph first.", note=reference)
