"""From the retention of a meeting to the entries of a file, and back; and what such entries may not say."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.meeting_file.retention.entries import RetentionEntry
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.actions import change_retention
from eventapp.meetings.retention.queries import days_of, goes_on
from eventapp.meetings.retention.sorts import SORTS
from eventapp.people.models import Person

Found = tuple[int, str]  # line, what to do


def entries_of_retention(meeting: Meeting) -> tuple[RetentionEntry, ...]:
    """What a file says of the days that this meeting keeps personal data: nothing where they are the usual ones."""
    days = {sort: days_of(meeting, sort) for sort in SORTS}
    return tuple(RetentionEntry(sort=sort, days=days[sort]) for sort, one in SORTS.items() if days[sort] != one.usual)


def set_retention(
    meeting: Meeting, entries: Sequence[RetentionEntry], *, is_new: bool, by: Person | None, at: datetime
) -> None:
    """Keep personal data as long as a file says. Refused where some would be deleted at once: Settings asks first."""
    days = {sort: one.usual for sort, one in SORTS.items()} | {one.sort: one.days for one in entries}
    today = at.astimezone(meeting.tz).date()
    gone = [
        SORTS[sort].label
        for sort, number in days.items()
        if meeting.ends_on + timedelta(days=number + 1) <= today < goes_on(meeting, sort)
    ]
    if gone and not is_new:
        raise Refused(
            _(
                "This file would delete today: %(sorts)s. Shorten it in Settings, Retention, which asks first.",
                sorts="; ".join(gone),
            )
        )
    change_retention(meeting, days, by=by, at=at)


def faults_in_retention(entries: Sequence[RetentionEntry]) -> Iterator[Found]:
    """Days beyond the bound of their sort."""
    for one in entries:
        if one.days > SORTS[one.sort].most:
            yield one.place.of("days"), f"“{one.sort}” may be kept for 0 to {SORTS[one.sort].most} days. Write fewer."
