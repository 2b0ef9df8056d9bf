"""What tells one state of a report from another while several people edit it."""

from sqlalchemy import func, select

from eventapp.drafts.models import Draft
from eventapp.drafts.queries import OPEN
from eventapp.ground.db import db
from eventapp.people.models import Person
from eventapp.review.reports.models import BEHIND, HEAD, OVER, Chapter, Comment, Paragraph, Report, Step


def mark_of(report: Report) -> str:
    """Return what is another whenever the page of the report would be: a step, an undo, a compilation, a comment."""
    of_it = Chapter.report_id == report.id
    paragraphs = select(func.count(), func.sum(Paragraph.version)).join(Paragraph.chapter).where(of_it)
    comments = select(func.count(), func.count(Comment.settled_at)).join(Comment.paragraph).join(Paragraph.chapter)
    steps = select(func.max(Step.id), func.count(Step.undone_at)).where(Step.report_id == report.id)
    found = [db.session.execute(query).one() for query in (paragraphs, comments.where(of_it), steps)]
    return "-".join(str(value or 0) for row in found for value in row)


def writing_in(report: Report, person: Person | None) -> list[tuple[int, str, int]]:
    """Return who else types in the report: the number of the person, the kind of place and which."""
    query = select(Draft.person_id, Draft.kind, Draft.target_id).where(
        Draft.scope_id == report.id, Draft.kind.in_((OVER, BEHIND, HEAD)), *OPEN
    )
    rows = db.session.execute(query.order_by(Draft.id))
    return [(who, kind, target) for who, kind, target in rows if who and target and not (person and who == person.id)]
