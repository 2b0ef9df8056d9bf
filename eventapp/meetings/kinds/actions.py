from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.meetings.kinds.queries import rows_of
from eventapp.meetings.models import Meeting, SessionKind
from eventapp.people.models import Person


def own_kinds(meeting: Meeting) -> list[SessionKind]:
    """Give a meeting that wrote none the kinds of the vocabulary as its own, in its languages. Returns its kinds."""
    lock(meeting)
    if not meeting.kinds:
        meeting.kinds = rows_of(meeting)
        db.session.flush()
    return list(meeting.kinds)


def move_kind(row: SessionKind, place: int, *, by: Person | None, at: datetime) -> None:
    """Put a kind at this place of the list, the first is 1; a place beyond the ends is the end."""
    meeting = row.meeting
    lock(meeting)
    before = list(meeting.kinds)
    after = [one for one in before if one is not row]
    after.insert(max(place - 1, 0), row)
    if after == before:
        return
    for position, one in enumerate(after, start=1):
        one.position = position
    meeting.version += 1
    db.session.flush()
    db.session.expire(meeting, ["kinds"])
    record("moved kind of session", row, by=by, at=at, code=row.code, position=row.position)
