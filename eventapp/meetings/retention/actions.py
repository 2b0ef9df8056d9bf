from collections.abc import Mapping
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.queries import days_of
from eventapp.meetings.retention.sorts import SORTS
from eventapp.people.models import Person


def change_retention(meeting: Meeting, days: Mapping[str, int], *, by: Person | None, at: datetime) -> None:
    """Keep each sort of personal data for so many days after the meeting."""
    lock(meeting)
    changes = {
        sort: [days_of(meeting, sort), wanted] for sort, wanted in days.items() if days_of(meeting, sort) != wanted
    }
    if changes:
        meeting.retention = {sort: wanted for sort, wanted in days.items() if wanted != SORTS[sort].usual}
        meeting.version += 1
        db.session.flush()
        record("changed retention", meeting, by=by, at=at, changes=changes)


def copy_retention(source: Meeting, meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Keep personal data of a meeting as long as an earlier one did."""
    change_retention(meeting, {sort: days_of(source, sort) for sort in SORTS}, by=by, at=at)
