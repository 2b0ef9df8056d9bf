from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.wall import is_off
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting


def off_wall(meeting: Meeting) -> Sequence[Session]:
    """The sessions of the draft that newer rules show at other times than planned, by time."""
    query = select(Session).where(Session.meeting_id == meeting.id, Session.is_off_wall, Session.cancelled_at.is_(None))
    return db.session.scalars(query.order_by(Session.starts_at, Session.code)).all()


def count_off_wall(meeting: Meeting) -> int:
    """How many there are."""
    off = (Session.meeting_id == meeting.id, Session.is_off_wall, Session.cancelled_at.is_(None))
    return db.session.scalar(select(func.count()).select_from(Session).where(*off)) or 0


def unwritten(*, most: int) -> Sequence[Session]:
    """Sessions of which nobody wrote down what clocks show, with their meetings."""
    query = select(Session).where(Session.wall_zone == "").options(joinedload(Session.meeting)).limit(most)
    return db.session.scalars(query).all()


def newly_off(at: datetime) -> Sequence[Session]:
    """The sessions to come that the rules of today show at other times than planned, and that are not marked yet."""
    facts = (Session.id, Session.wall_starts, Session.wall_ends, Session.wall_zone, Session.starts_at, Session.ends_at)
    query = select(*facts).where(Session.ends_at > at, Session.wall_zone != "", Session.is_off_wall.is_(False))
    found = [
        number
        for number, first, last, zone, starts_at, ends_at in db.session.execute(query)
        if is_off(first, last, zone, starts_at, ends_at)
    ]
    return db.session.scalars(select(Session).where(Session.id.in_(found))).all() if found else ()
