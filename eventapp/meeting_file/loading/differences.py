"""What a meeting file is about to do, worked out before anything is held."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from eventapp.ground.db import db
from eventapp.meeting_file.changes import Change, changes
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.schema import MeetingFile, SessionEntry
from eventapp.meetings.queries import meeting_at


@dataclass(frozen=True)
class Difference:
    """How a file differs from the meeting at its address. What is the same needs no look at while that is held."""

    is_new: bool
    found: Sequence[Change]  # as a person reads it
    same: frozenset[str]  # lists of the file that say what stands, in its order
    sessions: Sequence[SessionEntry]  # those that are new or other
    gone: Sequence[str]  # codes of sessions that are on, and not in the file


def difference(file: MeetingFile) -> Difference:
    """What turns the meeting into what the file says, as both are now. It only reads."""
    meeting = meeting_at(file.slug)
    if meeting is None:
        return as_new(file)
    before = content_of(meeting)
    known, listed = {one.code: one for one in before.sessions}, {one.code for one in file.sessions}
    return Difference(
        is_new=False,
        found=changes(before, file),
        same=frozenset(one.name for one in fields(file) if getattr(before, one.name) == getattr(file, one.name)),
        sessions=[one for one in file.sessions if known.get(one.code) != one],
        gone=[code for code in known if code not in listed],
    )


def as_new(file: MeetingFile) -> Difference:
    """The same where there is no meeting yet: all of the file."""
    return Difference(is_new=True, found=changes(None, file), same=frozenset(), sessions=file.sessions, gone=())


def difference_apart(file: MeetingFile) -> Difference:
    """The same, with nothing held and nothing left open."""
    found = difference(file)
    db.session.rollback()
    return found
