from datetime import datetime, time

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.live.models import LiveChange
from eventapp.meetings.models import Meeting


def first_times(meeting: Meeting, at: datetime) -> dict[str, Record]:
    """How the sessions stood this morning that were changed live today, by code."""
    morning = datetime.combine(at.astimezone(meeting.tz).date(), time(), meeting.tz)
    query = select(LiveChange).where(LiveChange.meeting_id == meeting.id, LiveChange.at >= morning)
    first: dict[str, Record] = {}
    for change in db.session.scalars(query.order_by(LiveChange.id)):
        for code, was in change.before.items():
            first.setdefault(code, was)
    return first
