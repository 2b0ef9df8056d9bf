"""How long a meeting keeps personal data as a package says it, and back."""

import re
from collections.abc import Iterator

from eventapp.meetings.meeting_kinds.queries import kind_of_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.queries import days_of
from eventapp.meetings.retention.sorts import SORTS
from eventapp.package.export.place import MeetingKind, Retention
from eventapp.package.manifest import content

CODE, LONGEST_NAME = re.compile(r"(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*"), 120


def kind_leaving(meeting: Meeting) -> MeetingKind | None:
    """The kind of the meeting. How long it keeps what, stands among the days of the meeting."""
    kind = kind_of_meeting(meeting)
    return MeetingKind(kind.code, kind.name) if kind else None


def retention_leaving(meeting: Meeting) -> tuple[Retention, ...]:
    """The sorts of personal data that this meeting keeps for another number of days than the usual, in their order."""
    days = {code: days_of(meeting, code) for code in SORTS}
    return tuple(Retention(code, days[code]) for code, one in SORTS.items() if days[code] != one.usual)


def loose_retention(meeting: content.Meeting) -> Iterator[str]:
    """Days for which nobody may keep a sort, or that are the usual number; a kind with a code that none can have."""
    if meeting.kind and not (CODE.fullmatch(meeting.kind.code) and 0 < len(meeting.kind.name) <= LONGEST_NAME):
        yield f"meeting.kind: {meeting.kind.code[:60]!a}"
    for one in meeting.retention:
        sort = SORTS.get(one.sort)
        if sort and (not 0 <= one.days <= sort.most or one.days == sort.usual):
            yield f"meeting.retention: days of {one.sort!a}"
