from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.meetings.meeting_kinds.models import MeetingKind
from eventapp.meetings.meeting_kinds.queries import kind_of_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import IS_HERE
from eventapp.meetings.retention.models import GenderCount
from eventapp.meetings.retention.sorts import LETTERS, NEEDS, PHONES, PHOTOS, SORTS


def days_of(meeting: Meeting, sort: str) -> int:
    """How many days after its last day this meeting keeps this sort of personal data: as it says itself, else as its
    kind does, else the usual number.
    """
    return days_said(meeting.retention, kind_of_meeting(meeting), sort)


def days_said(own: Record, kind: MeetingKind | None, sort: str) -> int:
    """The same for a meeting with these rules of its own that is of this kind."""
    return _days(own, kind.retention if kind else None, sort)


def goes_on(meeting: Meeting, sort: str) -> date:
    """The day on which it is deleted, where the meeting takes place."""
    return would_go_on(meeting, sort, days_of(meeting, sort))


def would_go_on(meeting: Meeting, sort: str, days: int) -> date:
    """The day on which it would be deleted if it were kept so many days."""
    return _day(meeting.ends_on, sort, days, meeting.terms_from)


def last_of_private(meeting: Meeting) -> date:
    """The day on which the last is deleted of what people give when they register."""
    return max(goes_on(meeting, sort) for sort in (PHONES, NEEDS, PHOTOS, LETTERS))


def meetings_due(at: datetime) -> dict[str, list[int]]:
    """The numbers of the meetings whose days are over, by the sort of personal data. One query."""
    columns = (Meeting.id, Meeting.ends_on, Meeting.zone, Meeting.terms_from, Meeting.retention, MeetingKind.retention)
    query = select(*columns).outerjoin(MeetingKind, MeetingKind.id == Meeting.kind_id)
    rows = db.session.execute(query.where(Meeting.ends_on <= at.date(), IS_HERE)).all()
    return {
        sort: [
            number
            for number, ends_on, zone, first, own, of_kind in rows
            if at.astimezone(ZoneInfo(zone)).date() >= _day(ends_on, sort, _days(own, of_kind, sort), first)
        ]
        for sort in SORTS
    }


def gone_after(ends_on: date, days: int) -> date:
    """The day on which something goes that is kept so many days after the last day of a meeting."""
    return ends_on + timedelta(days=days + 1)


def gender_count_of(meeting: Meeting) -> GenderCount | None:
    """How many women and men were counted before gender went; None where nobody has counted them yet."""
    return db.session.scalar(select(GenderCount).where(GenderCount.meeting_id == meeting.id))


def _day(ends_on: date, sort: str, days: int, first: date | None) -> date:
    day = gone_after(ends_on, days)
    return max(day, first) if first and SORTS[sort].is_new else day


def _days(own: Record, of_kind: Record | None, sort: str) -> int:
    rules = {sort: SORTS[sort].usual, **(of_kind or {}), **own}
    return int(rules[sort])
