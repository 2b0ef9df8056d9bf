from collections.abc import Mapping
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.meetings.meeting_kinds.queries import kind_of_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.queries import days_said
from eventapp.meetings.retention.sorts import SORTS
from eventapp.people.models import Person


def change_retention(meeting: Meeting, days: Mapping[str, int | None], *, by: Person | None, at: datetime) -> None:
    """Keep each sort of personal data for so many days after the meeting; what is left out, or None, as its kind says.

    Where the meeting is of no kind, the usual number is no rule of its own.
    """
    lock(meeting)
    kind, before = kind_of_meeting(meeting), meeting.retention
    after = {
        sort: wanted
        for sort in SORTS
        if (wanted := days.get(sort)) is not None and (kind is not None or wanted != SORTS[sort].usual)
    }
    if after == before:
        return
    pairs = {sort: [days_said(rules, kind, sort) for rules in (before, after)] for sort in SORTS}
    changes = {sort: pair for sort, pair in pairs.items() if pair[0] != pair[1] or (sort in before) != (sort in after)}
    meeting.retention = after
    meeting.version += 1
    db.session.flush()
    record("changed retention", meeting, by=by, at=at, changes=changes)


def copy_retention(source: Meeting, meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Keep personal data of a meeting as an earlier one says itself; where that says nothing, as its own kind does."""
    change_retention(meeting, source.retention, by=by, at=at)
