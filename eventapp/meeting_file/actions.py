from collections.abc import Sequence
from datetime import datetime

from eventapp.ground.db import lock
from eventapp.ground.db.apart import Changed
from eventapp.meeting_file import facts
from eventapp.meeting_file.changes import Change
from eventapp.meeting_file.loading.differences import Difference, as_new, difference
from eventapp.meeting_file.loading.pieces import Loading, pieces
from eventapp.meeting_file.schema import MeetingFile
from eventapp.meetings.actions import (
    make_meeting,
)
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.people.models import Person

AT_ONCE = 150  # rows of a file that one transaction may write, in 0.2 s; the one place where this is said
CHANGED_AT_ONCE = 40  # changes, each of which is held, compared and written by itself


def load(file: MeetingFile, *, by: Person | None, at: datetime, differs: Difference | None = None) -> Sequence[Change]:
    """Make the meeting as the file says, or change it to that. Returns what changed; nothing where all is as it says.

    Who has worked out before how it differs gives that along: what somebody changes meanwhile in what is not to change
    then stays. Nobody gets an email by it, but those whom a raised number of places lets in. Refused, with every reason
    on a line of its own, where something would vanish that others rest on.
    """
    meeting = meeting_at(file.slug)
    if meeting is not None:
        lock(meeting)
    differs = differs or (difference(file) if meeting else as_new(file))
    if differs.is_new != (meeting is None):
        raise Changed
    if meeting is None:
        meeting = begin(file, by=by, at=at)
    elif not differs.found:
        return []
    for acts in pieces(Loading(file, meeting.id, by and by.id, at, differs)):
        for act in acts:
            act()
    return differs.found


def begin(file: MeetingFile, *, by: Person | None, at: datetime) -> Meeting:
    """Make the meeting itself, without anything that hangs on it. Refused when its address is taken."""
    return make_meeting(file.slug, facts.of_meeting(file), by=by, at=at)


def rows_in(file: MeetingFile) -> int:
    """How many rows a file is about: what hangs on sessions counts as well."""
    lists = (file.bodies, file.rooms, file.kinds, file.categories, file.documents, file.staff, file.questions)
    within = sum(1 + len(one.roles) + len(one.sub_items) + len(one.texts) for one in file.sessions)
    return within + sum(map(len, (*lists, file.information, file.delegations, file.zones, file.gates)))


def is_small(file: MeetingFile) -> bool:
    """Whether one transaction may write it."""
    return rows_in(file) <= AT_ONCE


def is_little(differs: Difference) -> bool:
    """The same of what is to be changed in a meeting, or made."""
    return len(differs.found) <= (AT_ONCE if differs.is_new else CHANGED_AT_ONCE)
