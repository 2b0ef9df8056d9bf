"""What becomes of a meeting after it was made: moved, taken back, closed, archived. Each can be undone."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


def move_to(meeting: Meeting, slug: str, *, by: Person, at: datetime) -> None:
    """Give the meeting another address on the web. Refused once it is public, and where another meeting has it."""
    lock(meeting)
    if meeting.is_published:
        raise Refused(_("This meeting is public: its address stays, for others have written it down."))
    before = meeting.slug
    if slug == before:
        return
    try:
        with db.session.begin_nested():
            meeting.slug = slug
            meeting.version += 1
    except IntegrityError as taken:
        raise Refused(_("Another meeting has this address. Choose another."), beside="slug") from taken
    record("changed meeting", meeting, by=by, at=at, changes={"slug": [before, slug]})


def take_back(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Show the meeting to its organizers only again. Refused where it is not public."""
    lock(meeting)
    if not meeting.is_published:
        raise Refused(_("Only its organizers see this meeting already."))
    meeting.published_at = None
    _note("took back meeting", meeting, by=by, at=at)


def close(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Let nothing of the meeting be changed any more. Refused where it is closed."""
    lock(meeting)
    if meeting.closed_at is not None:
        raise Refused(_("This meeting is closed already."))
    meeting.closed_at = at
    _note("closed meeting", meeting, by=by, at=at)


def reopen(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Let the meeting be changed again, and be listed. Refused where it is open."""
    lock(meeting)
    if meeting.closed_at is None:
        raise Refused(_("This meeting is open already."))
    meeting.closed_at = meeting.archived_at = None
    _note("reopened meeting", meeting, by=by, at=at)


def archive(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Take the meeting out of every list, and close it. Refused where it is archived."""
    lock(meeting)
    if meeting.archived_at is not None:
        raise Refused(_("This meeting is archived already."))
    meeting.archived_at = at
    meeting.closed_at = meeting.closed_at or at
    _note("archived meeting", meeting, by=by, at=at)


def _note(what: str, meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Write it into history; what was drawn of the meeting is drawn anew."""
    meeting.version += 1
    record(what, meeting, by=by, at=at)
