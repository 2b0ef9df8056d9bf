"""The report of what was deleted: numbers only, added up for each transaction."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from eventapp.ground.db import before_commit, db
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.models import Deletion


def count_deleted(meeting: Meeting, gone: Mapping[str, int], *, at: datetime) -> None:
    """Note how much of each sort of personal data of this meeting this transaction deletes: sort -> number."""
    day = at.astimezone(meeting.tz).date()
    rows = [Deletion(meeting_id=meeting.id, day=day, sort=sort, number=count) for sort, count in gone.items() if count]
    if rows:
        before_commit("deletions", add_up, *rows)


def add_up(rows: list[Deletion]) -> None:
    """Write one row for each meeting, day and sort. Rows are only added: no two workers wait for each other."""
    sums = Counter[tuple[object, ...]]()
    for row in rows:
        sums[row.meeting_id, row.day, row.sort] += row.number
    for (meeting_id, day, sort), number in sums.items():
        db.session.add(Deletion(meeting_id=meeting_id, day=day, sort=sort, number=number))
