from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.agenda.taking_back.models import DraftTakenBack
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting


def newest_taken_back(meeting: Meeting) -> DraftTakenBack | None:
    """The last time that the draft was taken back and that was not undone; None where it never was."""
    query = select(DraftTakenBack).where(DraftTakenBack.meeting_id == meeting.id, DraftTakenBack.undone_at.is_(None))
    query = query.options(joinedload(DraftTakenBack.release), joinedload(DraftTakenBack.by))
    return db.session.scalar(query.order_by(DraftTakenBack.id.desc()).limit(1))
