from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select

from eventapp.announcements.models import COMING, SHOWN, Announcement
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting


def announcements_of(meeting: Meeting) -> Sequence[Announcement]:
    """Every announcement of this meeting, the last to begin first."""
    query = select(Announcement).where(Announcement.meeting_id == meeting.id)
    return db.session.scalars(query.order_by(Announcement.starts_at.desc(), Announcement.id.desc())).all()


def announcement_at(meeting: Meeting, number: int) -> Announcement | None:
    """This announcement, where it is one of this meeting."""
    query = select(Announcement).where(Announcement.id == number, Announcement.meeting_id == meeting.id)
    return db.session.scalar(query)


def next_to_turn(at: datetime) -> Select[Announcement]:
    """The announcement that has begun or ended since the worker last looked."""
    begins = (Announcement.state == COMING) & (Announcement.starts_at <= at)
    ends = (Announcement.state == SHOWN) & (Announcement.ends_at <= at)
    return select(Announcement).where(or_(begins, ends)).order_by(Announcement.id).limit(1)
