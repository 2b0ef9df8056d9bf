from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.sorts import LETTERS, NEEDS, PHONES, PHOTOS, SORTS


def days_of(meeting: Meeting, sort: str) -> int:
    """How many days after its last day this meeting keeps this sort of personal data."""
    return _days(meeting.retention, sort)


def goes_on(meeting: Meeting, sort: str) -> date:
    """The day on which it is deleted, where the meeting takes place."""
    return _goes_on(meeting.ends_on, days_of(meeting, sort))


def last_of_private(meeting: Meeting) -> date:
    """The day on which the last is deleted of what people give when they register."""
    return max(goes_on(meeting, sort) for sort in (PHONES, NEEDS, PHOTOS, LETTERS))


def meetings_due(at: datetime) -> dict[str, list[int]]:
    """The numbers of the meetings whose days are over, by the sort of personal data. One query."""
    columns = (Meeting.id, Meeting.ends_on, Meeting.zone, Meeting.retention)
    rows = db.session.execute(select(*columns).where(Meeting.ends_on <= at.date())).all()
    return {
        sort: [
            number
            for number, ends_on, zone, own in rows
            if at.astimezone(ZoneInfo(zone)).date() >= _goes_on(ends_on, _days(own, sort))
        ]
        for sort in SORTS
    }


def _days(own: Record, sort: str) -> int:
    return int(own.get(sort, SORTS[sort].usual))


def _goes_on(ends_on: date, days: int) -> date:
    return ends_on + timedelta(days=days + 1)
