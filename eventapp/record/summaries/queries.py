"""Summaries of sessions: questions over their revisions."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.drafts.models import Draft
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.record.drafts.queries import SUMMARY
from eventapp.record.sessions.models import SessionRecord
from eventapp.record.summaries.content import Summary, summary_from
from eventapp.record.summaries.models import SummaryRevision


def summary_revision(session: Session, number: int | None) -> SummaryRevision | None:
    """What the summary of this session said at this number."""
    query = select(SummaryRevision).where(SummaryRevision.session_id == session.id, SummaryRevision.number == number)
    return db.session.scalar(query)


def summary_revisions_of(session: Session) -> list[SummaryRevision]:
    """Everything the summary of this session ever said, the oldest first."""
    query = select(SummaryRevision).where(SummaryRevision.session_id == session.id).order_by(SummaryRevision.number)
    return list(db.session.scalars(query.options(joinedload(SummaryRevision.by))))


def published_summaries(meeting: Meeting, *where: ColumnElement[bool]) -> dict[int, Summary]:
    """The summaries that the world reads, by session; `where` says of which sessions, if not of all. One query."""
    query = (
        select(SummaryRevision)
        .join(SessionRecord, SessionRecord.session_id == SummaryRevision.session_id)
        .join(SummaryRevision.session)
        .where(Session.meeting_id == meeting.id, SummaryRevision.number == SessionRecord.approved_head, *where)
    )
    return {one.session_id: summary_from(one.content) for one in db.session.scalars(query)}


def summary_with_key(key: str) -> SummaryRevision | None:
    """The revision of a summary that was sent under this key of the browser."""
    return db.session.scalar(select(SummaryRevision).where(SummaryRevision.client_key == key))


def second_summaries(session: Session) -> list[Draft]:
    """Summaries of this session that were set aside in a conflict, the newest first; settled ones too."""
    query = select(Draft).where(Draft.kind == SUMMARY, Draft.scope_id == session.id, Draft.is_second)
    return list(db.session.scalars(query.order_by(Draft.id.desc()).options(joinedload(Draft.by))))


def summaries_waiting(meeting: Meeting) -> list[SummaryRevision]:
    """The summaries of this meeting that were handed in and whose newest words nobody approved yet."""
    query = (
        select(SummaryRevision)
        .join(SummaryRevision.session)
        .join(SessionRecord, SessionRecord.session_id == Session.id)
        .where(
            Session.meeting_id == meeting.id,
            SummaryRevision.number == SessionRecord.summary_head,
            SessionRecord.submitted_at.is_not(None),
            or_(SessionRecord.approved_head.is_(None), SessionRecord.approved_head != SessionRecord.summary_head),
        )
    )
    return list(db.session.scalars(query.order_by(Session.starts_at, Session.code)))
