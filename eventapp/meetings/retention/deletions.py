"""The report of what was deleted: numbers only, added up for each transaction."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from eventapp.ground.db import before_commit, db
from eventapp.meetings.meeting_kinds.queries import kind_of_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.models import Deletion
from eventapp.meetings.retention.origins import KIND, origin_of


def count_deleted(meeting: Meeting, gone: Mapping[str, int], *, at: datetime, origin: str = "") -> None:
    """Note how much of each sort of personal data of this meeting this transaction deletes: sort -> number.

    `origin` says whose days are over, or that it was by hand; without it they are those that count for the meeting.
    """
    day, kind = at.astimezone(meeting.tz).date(), kind_of_meeting(meeting)
    rows = []
    for sort, count in gone.items():
        whose = origin or origin_of(meeting, kind, sort)
        facts = {"origin": whose, "kind_id": kind.id if kind and whose == KIND else None}
        rows += [Deletion(meeting_id=meeting.id, day=day, sort=sort, number=count, **facts)] if count else []
    if rows:
        before_commit("deletions", add_up, *rows)


def add_up(rows: list[Deletion]) -> None:
    """Write one row for each meeting, day, sort and origin. Rows are only added: no two workers wait for each other."""
    sums = Counter[tuple[object, ...]]()
    for row in rows:
        sums[row.meeting_id, row.day, row.sort, row.origin, row.kind_id] += row.number
    for (meeting_id, day, sort, origin, kind_id), number in sums.items():
        whose = {"origin": origin, "kind_id": kind_id}
        db.session.add(Deletion(meeting_id=meeting_id, day=day, sort=sort, number=number, **whose))
