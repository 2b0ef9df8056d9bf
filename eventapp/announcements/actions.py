"""What happens to an announcement. Each time the meeting gets another version: pages that are kept are drawn anew."""

from dataclasses import dataclass
from datetime import datetime

from eventapp.announcements.models import OVER, Announcement
from eventapp.announcements.queries import next_to_turn
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


@dataclass(frozen=True)
class Content:
    """What is announced, in which language, from when until when."""

    texts: Record
    starts_at: datetime
    ends_at: datetime


def announce(meeting: Meeting, content: Content, *, by: Person | None, at: datetime) -> Announcement:
    """Put this above the public pages, from its time on. Refused where it would be over already."""
    lock(meeting)
    row = Announcement(meeting_id=meeting.id, texts=content.texts, written_by_id=by.id if by else None)
    put_in(row, content, at=at)
    db.session.add(row)
    meeting.version += 1
    record("announced", row, by=by, at=at, texts=content.texts, until=content.ends_at)
    return row


def change(row: Announcement, content: Content, version: int, *, by: Person | None, at: datetime) -> None:
    """Say it in other words or at another time. Refused where somebody changed it since it was opened."""
    lock(row.meeting)
    lock(row)
    if row.version != version:
        raise Refused(_("Somebody changed this announcement meanwhile. Compare, and save again what is to stand."))
    put_in(row, content, at=at)
    row.version += 1
    row.meeting.version += 1
    record("changed an announcement", row, by=by, at=at, texts=content.texts, until=content.ends_at)


def put_in(row: Announcement, content: Content, *, at: datetime) -> None:
    if content.ends_at <= at:
        raise Refused(_("This announcement would be over already. Choose a later end."))
    row.texts, row.starts_at, row.ends_at = content.texts, content.starts_at, content.ends_at
    row.written_at, row.state = at, row.state_at(at)


def take_down(row: Announcement, *, by: Person | None, at: datetime) -> None:
    """Show it no longer. Refused where it is over; one that has not begun is deleted."""
    lock(row.meeting)
    lock(row)
    state = row.state_at(at)
    if state == OVER:
        raise Refused(_("This announcement is over already."))
    row.meeting.version += 1
    record("took an announcement down", row, by=by, at=at, texts=row.texts)
    if at <= row.starts_at:
        db.session.delete(row)
    else:
        row.ends_at, row.state = at, OVER


def turn_next(at: datetime) -> int:
    """Have pages drawn anew where an announcement has begun or ended. Returns how many did."""
    row = db.session.scalar(next_to_turn(at))
    if row is None:
        return 0
    lock(row.meeting)
    lock(row)
    state = row.state_at(at)
    if state == row.state:
        return 0  # another worker was quicker
    row.state = state
    row.meeting.version += 1
    return 1
