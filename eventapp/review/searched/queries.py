from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from eventapp.meetings.models import Meeting
from eventapp.review.reports.models import Chapter, Paragraph, Report
from eventapp.review.searched.models import PublishedParagraph

IS_FOUND = PublishedParagraph.version.in_((Report.version, 0))


def old_lines() -> Select[int]:
    """Ask for the paragraphs, by number, of versions that another has followed."""
    query = select(PublishedParagraph.id).join(PublishedParagraph.report)
    return query.where(PublishedParagraph.version.between(1, Report.version - 1))


def drafts_with(meeting: Meeting, words: Sequence[str]) -> Select[Paragraph]:
    """The paragraphs of this meeting's reports, as their editors have them now, that have each of these folded words.

    Report by report, in the order of the text; none that was taken out.
    """
    query = select(Paragraph).join(Paragraph.chapter).join(Chapter.report).where(Report.meeting_id == meeting.id)
    query = query.where(Paragraph.removed_at.is_(None), *(Paragraph.words.contains(w, autoescape=True) for w in words))
    query = query.options(contains_eager(Paragraph.chapter).contains_eager(Chapter.report))
    return query.order_by(Report.id, Chapter.position, Chapter.id, Paragraph.position, Paragraph.id)


def published_with(meeting: Meeting, words: Sequence[str], of: Report | None = None) -> Select[PublishedParagraph]:
    """The same of what is published of each report now, or of one."""
    query = select(PublishedParagraph).join(PublishedParagraph.report).where(Report.meeting_id == meeting.id, IS_FOUND)
    query = query.where(Report.id == of.id) if of else query
    query = query.where(*(PublishedParagraph.words.contains(word, autoescape=True) for word in words))
    return query.options(contains_eager(PublishedParagraph.report)).order_by(Report.id, PublishedParagraph.id)
