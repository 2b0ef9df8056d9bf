from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.ground.db.types import Record


class Beside(NamedTuple):
    """What the list to choose from shows of a session."""

    code: str
    title: str
    texts: Record
    starts_at: datetime
    ends_at: datetime
    room_id: int | None


def sessions_beside(session: Session) -> list[Beside]:
    """The other sessions of the draft that have a time, by time, as plain values: there may be thousands."""
    facts = (Session.code, Session.title, Session.texts, Session.starts_at, Session.ends_at, Session.room_id)
    query = select(*facts).where(Session.meeting_id == session.meeting_id, Session.cancelled_at.is_(None))
    query = query.where(Session.id != session.id).order_by(Session.starts_at, Session.code)
    return [Beside(*row) for row in db.session.execute(query)]


def session_beside(session: Session, code: str) -> Session | None:
    """The one of them with this code, with its room."""
    query = select(Session).where(Session.meeting_id == session.meeting_id, Session.cancelled_at.is_(None))
    query = query.where(Session.id != session.id, Session.code == code)
    return db.session.scalar(query.options(joinedload(Session.room)))
