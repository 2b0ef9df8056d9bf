"""Commenting: what editors say to each other about a paragraph. A thread is open until somebody settles it."""

from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.review.reports.models import Comment, Paragraph

MOST_ANSWERS = 100  # in one thread


def comment(paragraph: Paragraph, text: str, *, by: Person | None, at: datetime) -> Comment:
    """Begin a thread beside the paragraph."""
    lock(paragraph.chapter.report)
    row = Comment(paragraph=paragraph, text=text, at=at, by_id=by.id if by else None)
    db.session.add(row)
    db.session.flush()
    _record("comment on paragraph", row, by, at, text=text)
    return row


def answer(thread: Comment, text: str, *, by: Person | None, at: datetime) -> Comment:
    """Add to a thread. A settled one opens again, so that the answer is not overlooked."""
    lock(thread)
    if len(thread.answers) >= MOST_ANSWERS:
        raise Refused(_("This thread is as long as one can be. Settle it and begin another."))
    thread.settled_at = thread.settled_by_id = None
    row = Comment(paragraph=thread.paragraph, text=text, at=at, by_id=by.id if by else None)
    thread.answers.append(row)
    db.session.flush()
    _record("answer comment", row, by, at, text=text)
    return row


def settle(thread: Comment, *, by: Person | None, at: datetime) -> None:
    """Say that nothing is left to talk about."""
    lock(thread)
    if thread.settled_at is None:
        thread.settled_at, thread.settled_by_id = at, by.id if by else None
        _record("settle comment", thread, by, at)


def reopen(thread: Comment, *, by: Person | None, at: datetime) -> None:
    """Take up a settled thread again."""
    lock(thread)
    if thread.settled_at is not None:
        thread.settled_at = thread.settled_by_id = None
        _record("reopen comment", thread, by, at)


def _record(verb: str, row: Comment, by: Person | None, at: datetime, **detail: object) -> None:
    record(verb, row, by=by, at=at, meeting_id=row.paragraph.chapter.report.meeting_id, **detail)
