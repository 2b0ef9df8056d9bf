from datetime import datetime

from eventapp.agenda.rights.content import Rights, as_record, rights_of
from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


def change_rights(meeting: Meeting, rights: Rights, *, by: Person | None, at: datetime) -> None:
    """Let these parts in a session edit these things of it. The same twice is one."""
    lock(meeting)
    before, after = rights_of(meeting), as_record(rights)
    changes = {right: [roles, after.get(right, [])] for right, roles in before.items() if roles != after.get(right, [])}
    if not changes:
        return
    meeting.session_rights = after
    meeting.version += 1
    db.session.flush()
    named = {f"edit_{right}": [", ".join(roles) for roles in both] for right, both in changes.items()}
    record("changed rights in sessions", meeting, by=by, at=at, changes=named)
