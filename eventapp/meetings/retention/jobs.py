"""What time does to the emails of meetings."""

from datetime import datetime

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job
from eventapp.mail.actions import empty_old
from eventapp.mail.queries import with_old_words
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.deletions import count_deleted
from eventapp.meetings.retention.sorts import EMAILS


def empty_next(at: datetime) -> int:
    """Take the words out of the next emails that went long ago, and count them at their meetings. Returns how many."""
    gone = empty_old(at=at)
    for meeting in db.session.scalars(select(Meeting).where(Meeting.id.in_([one for one in gone if one]))):
        count_deleted(meeting, {EMAILS: gone[meeting.id]}, at=at)
    return gone.total()


JOBS = (Job("empty emails", lambda at: bool(with_old_words(at, most=1)), empty_next),)
