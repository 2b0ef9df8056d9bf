from collections.abc import Sequence
from datetime import datetime

from eventapp.agenda.planning.conflicts import Notice
from eventapp.agenda.warnings.models import AcknowledgedWarning, WarningSettings
from eventapp.agenda.warnings.queries import acknowledged_among
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


def acknowledge(meeting: Meeting, found: Sequence[Notice], reason: str, *, by: Person | None, at: datetime) -> int:
    """Keep these warnings quiet until their causes change. Returns how many; one that is acknowledged stays so.

    Refused without a reason, and where none of them is left.
    """
    lock(meeting)
    if not reason.strip():
        raise Refused(_("Write why it may stay as it is."))
    if not found:
        raise Refused(_("These warnings are there no more, the sessions were changed. Look at the list again."))
    there = acknowledged_among(meeting, [one.key for one in found])
    fresh = [one for one in found if one.key not in there]
    for one in fresh:
        facts = {"key": one.key, "kind": one.kind, "sessions": list(one.sessions), "reason": reason.strip()}
        db.session.add(AcknowledgedWarning(meeting_id=meeting.id, by_id=by.id if by else None, at=at, **facts))
    if fresh:
        words = [one.words for one in fresh]
        record("acknowledged warnings", meeting, by=by, at=at, warnings=words, reason=reason.strip())
    return len(fresh)


def set_changeover(meeting: Meeting, minutes: int, *, by: Person | None, at: datetime) -> None:
    """Warn where less than so many minutes are between two sessions; 0 warns of nothing. The same twice is one."""
    lock(meeting)
    row = db.session.get(WarningSettings, meeting.id)
    before = row.changeover if row else 0
    if before == minutes:
        return
    if row is None:
        row = WarningSettings(meeting_id=meeting.id)
        db.session.add(row)
    row.changeover = minutes
    record("set what is warned of", meeting, by=by, at=at, changes={"changeover": [before, minutes]})


def open_again(row: AcknowledgedWarning, words: str, *, by: Person | None, at: datetime) -> None:
    """Let a warning be told again; `words` is its sentence."""
    lock(row.meeting)
    record("opened a warning again", row.meeting, by=by, at=at, warnings=[words], reason=row.reason)
    db.session.delete(row)
