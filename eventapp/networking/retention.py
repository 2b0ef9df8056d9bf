"""What is kept of networking no longer than the meeting says: lines, answers to who may find whom, blocks, requests."""

from datetime import datetime

from sqlalchemy import delete, exists, or_, select

from eventapp.ground.db import db, lock, table_of
from eventapp.ground.jobs.scheduler import Job
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.deletions import count_deleted
from eventapp.meetings.retention.queries import meetings_due
from eventapp.meetings.retention.sorts import NETWORKING
from eventapp.networking.bilaterals.models import Bilateral
from eventapp.networking.models import NetworkingBlock, NetworkingConsent
from eventapp.networking.offers.models import NetworkingLine, NetworkingTag
from eventapp.registration.models import Registration

AT_ONCE = 1000  # rows of a kind in one transaction


def next_to_forget(at: datetime) -> Meeting | None:
    """A meeting whose days for this are over, and of which something is left."""
    here = select(Registration.id).where(Registration.meeting_id == Meeting.id)
    left = (
        exists().where(NetworkingLine.meeting_id == Meeting.id),
        exists().where(Bilateral.meeting_id == Meeting.id),
        exists().where(NetworkingConsent.registration_id.in_(here)),
        exists().where(NetworkingBlock.registration_id.in_(here)),
    )
    query = select(Meeting).where(Meeting.id.in_(meetings_due(at)[NETWORKING]), or_(*left))
    return db.session.scalar(query.order_by(Meeting.id).limit(1))


def forget_next(at: datetime) -> int:
    """Delete the next of it; slots and what became a commitment stay. Returns how many rows."""
    meeting = next_to_forget(at)
    if meeting is None:
        return 0
    lock(meeting)
    lines = list(
        db.session.scalars(select(NetworkingLine.id).where(NetworkingLine.meeting_id == meeting.id).limit(AT_ONCE))
    )
    db.session.execute(delete(NetworkingTag).where(NetworkingTag.line_id.in_(lines)))
    db.session.execute(delete(NetworkingLine).where(NetworkingLine.id.in_(lines)))
    requests = list(db.session.scalars(select(Bilateral.id).where(Bilateral.meeting_id == meeting.id).limit(AT_ONCE)))
    db.session.execute(delete(Bilateral).where(Bilateral.id.in_(requests)))
    people = select(Registration.id).where(Registration.meeting_id == meeting.id)
    count = len(lines) + len(requests)
    answers = 0
    for model in (NetworkingConsent, NetworkingBlock):
        column = table_of(model).c.registration_id
        some = list(db.session.scalars(select(column).where(column.in_(people)).distinct().limit(AT_ONCE)))
        db.session.execute(delete(model).where(column.in_(some)))
        answers += len(some)
    count_deleted(meeting, {NETWORKING: count}, at=at)
    record("deleted what was written for networking", meeting, by=None, at=at, count=count)
    return count + answers


JOBS = (Job("forget networking", lambda at: next_to_forget(at) is not None, forget_next),)
