"""What tells one state of a report from another while several people edit it."""

from sqlalchemy import func, select

from eventapp.ground.db import db
from eventapp.review.paragraphs.models import Step
from eventapp.review.reports.models import Chapter, Comment, Paragraph, Report


def mark_of(report: Report) -> str:
    """Return what is another whenever the page of the report would be: a step, an undo, a compilation, a comment."""
    of_it = Chapter.report_id == report.id
    paragraphs = select(func.count(), func.sum(Paragraph.version)).join(Paragraph.chapter).where(of_it)
    comments = select(func.count(), func.count(Comment.settled_at)).join(Comment.paragraph).join(Paragraph.chapter)
    steps = select(func.max(Step.id), func.count(Step.undone_at)).where(Step.report_id == report.id)
    found = [db.session.execute(query).one() for query in (paragraphs, comments.where(of_it), steps)]
    return "-".join(str(value or 0) for row in found for value in row)
