"""Summaries of sessions: questions over their revisions."""

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.db import db
from eventapp.meetings.models import Meeting
from eventapp.outcomes.models import KeptText, SessionRecord, SummaryRevision
from eventapp.people.models import Person

SUMMARY, SUMMING = "summary", "summing"  # parts of kept texts: set aside in a conflict; being typed


def summary_revision(session: Session, number: int | None) -> SummaryRevision | None:
    """What the summary of this session said at this number."""
    query = select(SummaryRevision).where(SummaryRevision.session_id == session.id, SummaryRevision.number == number)
    return db.session.scalar(query)


def summary_revisions_of(session: Session) -> list[SummaryRevision]:
    """Everything the summary of this session ever said, the oldest first."""
    query = select(SummaryRevision).where(SummaryRevision.session_id == session.id).order_by(SummaryRevision.number)
    return list(db.session.scalars(query.options(joinedload(SummaryRevision.by))))


def summary_with_key(key: str) -> SummaryRevision | None:
    """The revision of a summary that was sent under this key of the browser."""
    return db.session.scalar(select(SummaryRevision).where(SummaryRevision.client_key == key))


def summaries_kept(session: Session) -> list[KeptText]:
    """Summaries of this session that were set aside in a conflict, the newest first; settled ones too."""
    query = select(KeptText).where(KeptText.session_id == session.id, KeptText.part == SUMMARY)
    return list(db.session.scalars(query.order_by(KeptText.id.desc()).options(joinedload(KeptText.by))))


def being_summed(session: Session, person: Person) -> KeptText | None:
    """What this person was typing in the summary of this session and did not save, the newest."""
    query = select(KeptText).where(
        KeptText.session_id == session.id,
        KeptText.by_id == person.id,
        KeptText.part == SUMMING,
        KeptText.settled_at.is_(None),
    )
    return db.session.scalar(query.order_by(KeptText.at.desc(), KeptText.id.desc()).limit(1))


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
