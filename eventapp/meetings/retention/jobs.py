"""What time does to the emails of meetings."""

from datetime import datetime

from flask import current_app
from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job
from eventapp.mail.actions import empty_old
from eventapp.mail.queries import with_old_words
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.deletions import count_deleted
from eventapp.meetings.retention.sorts import EMAILS


def long_before(at: datetime) -> datetime:
    """The moment LETTERS_KEPT before this one: what went before it has no words any more."""
    moment: datetime = at - current_app.config["LETTERS_KEPT"]
    return moment


def empty_next(at: datetime) -> int:
    """Take the words out of the next emails that went long ago, and count them at their meetings. Returns how many."""
    gone = empty_old(before=long_before(at), at=at)
    for meeting in db.session.scalars(select(Meeting).where(Meeting.id.in_([one for one in gone if one]))):
        count_deleted(meeting, {EMAILS: gone[meeting.id]}, at=at)
    return gone.total()


JOBS = (Job("empty emails", lambda at: bool(with_old_words(long_before(at), most=1)), empty_next),)
