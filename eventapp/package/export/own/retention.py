"""How long a meeting keeps personal data as a package says it, and back."""

from collections.abc import Iterator

from eventapp.ground.db.types import Record
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.queries import days_of
from eventapp.meetings.retention.sorts import SORTS
from eventapp.package.export.place import Retention
from eventapp.package.manifest import content


def retention_leaving(meeting: Meeting) -> tuple[Retention, ...]:
    """The sorts of personal data that this meeting keeps for another number of days than the usual, in their order."""
    days = {code: days_of(meeting, code) for code in SORTS}
    return tuple(Retention(code, days[code]) for code, one in SORTS.items() if days[code] != one.usual)


def retention_record(meeting: content.Meeting) -> Record:
    """The same as a meeting keeps it."""
    return {one.sort: one.days for one in meeting.retention}


def loose_retention(meeting: content.Meeting) -> Iterator[str]:
    """Days for which nobody may keep a sort, or that are the usual number."""
    for one in meeting.retention:
        sort = SORTS.get(one.sort)
        if sort and (not 0 <= one.days <= sort.most or one.days == sort.usual):
            yield f"meeting.retention: days of {one.sort!a}"
