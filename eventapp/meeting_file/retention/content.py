"""From the retention of a meeting to the entries of a file, and what such entries may not say."""

from collections.abc import Iterator, Sequence

from eventapp.meeting_file.retention.entries import RetentionEntry
from eventapp.meetings.meeting_kinds.queries import kind_of_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.sorts import SORTS

Found = tuple[int, str]  # line, what to do


def code_of_kind(meeting: Meeting) -> str:
    """The code of the kind of this meeting, "" where it is of none."""
    kind = kind_of_meeting(meeting)
    return kind.code if kind else ""


def entries_of_retention(meeting: Meeting) -> tuple[RetentionEntry, ...]:
    """What a file says of the days that this meeting keeps personal data: its own rules, not those of its kind."""
    own = meeting.retention
    return tuple(RetentionEntry(sort=sort, days=own[sort]) for sort in SORTS if sort in own)


def faults_in_retention(entries: Sequence[RetentionEntry]) -> Iterator[Found]:
    """Days beyond the bound of their sort."""
    for one in entries:
        if one.days > SORTS[one.sort].most:
            yield one.place.of("days"), f"“{one.sort}” may be kept for 0 to {SORTS[one.sort].most} days. Write fewer."
