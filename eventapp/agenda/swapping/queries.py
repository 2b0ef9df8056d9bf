from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.ground.db import db


def sessions_beside(session: Session) -> Sequence[Session]:
    """The other sessions of the draft that have a time, by time, with their rooms."""
    query = select(Session).where(Session.meeting_id == session.meeting_id, Session.cancelled_at.is_(None))
    query = query.where(Session.id != session.id).order_by(Session.starts_at, Session.code)
    return db.session.scalars(query.options(joinedload(Session.room))).all()
