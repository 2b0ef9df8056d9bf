from sqlalchemy import func, select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting


def sessions_by_kind(meeting: Meeting) -> dict[str, int]:
    """How many sessions there are of each kind, cancelled ones too, by its code. One query."""
    query = select(Session.kind, func.count()).where(Session.meeting_id == meeting.id).group_by(Session.kind)
    return {str(code): int(count) for code, count in db.session.execute(query)}
