from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.meetings.models import Meeting


def published_meetings() -> list[Meeting]:
    """Every published meeting that is not archived, the latest first."""
    query = select(Meeting).where(Meeting.published_at.is_not(None), Meeting.archived_at.is_(None))
    return list(db.session.scalars(query.order_by(Meeting.starts_on.desc(), Meeting.id.desc())))
