from datetime import datetime

from sqlalchemy import func, select

from eventapp.demo.story import bangkok
from eventapp.ground.db import db
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting

EVENING = bangkok(10, 4, 19)  # where the clock of a new demonstration stands


def is_new() -> bool:
    """Whether nothing was loaded into this database yet."""
    return db.session.scalar(select(Meeting.id).limit(1)) is None


def next_moment() -> datetime:
    """When it goes on: in the evening of the meeting, or where history stands by now. Time never runs back."""
    return max(EVENING, db.session.scalar(select(func.max(Entry.at))) or EVENING)
