"""What editors say to each other of the paragraphs of a report."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from eventapp.ground.db import db
from eventapp.review.reports.models import Chapter, Comment, Paragraph, Report


def threads_of(report: Report, opened: Collection[int] | None = None) -> dict[int, list[Comment]]:
    """What editors say of each paragraph, by the number of its row: the threads with their answers, in two queries.

    Where `opened` are some chapters, of the others only what is not settled: that is listed wherever it was said.
    """
    query = (
        select(Comment)
        .join(Comment.paragraph)
        .join(Paragraph.chapter)
        .where(Chapter.report_id == report.id, Comment.thread_id.is_(None))
        .order_by(Comment.id)
        .options(
            joinedload(Comment.by),
            joinedload(Comment.settled_by),
            selectinload(Comment.answers).joinedload(Comment.by),
        )
        .execution_options(populate_existing=True)
    )
    if opened is not None:
        query = query.where(Chapter.id.in_(opened) | Comment.settled_at.is_(None))
    found: dict[int, list[Comment]] = {}
    for thread in db.session.scalars(query):
        found.setdefault(thread.paragraph_id, []).append(thread)
    return found


def thread_of(report: Report, number: int) -> Comment | None:
    """The thread of this report that begins with the comment of this number of its row."""
    query = select(Comment).join(Comment.paragraph).join(Paragraph.chapter)
    return db.session.scalar(
        query.where(Comment.id == number, Comment.thread_id.is_(None), Chapter.report_id == report.id)
    )
