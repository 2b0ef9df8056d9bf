from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.jobs.waking import wake
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.live.checking.content import LIVE_LETTERS
from eventapp.live.checking.queries import mark_of_waiting, waiting_changes
from eventapp.live.models import LiveChange
from eventapp.live.undoing import refuse_closed
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


def choose_live_letters(meeting: Meeting, when: str, *, by: Person | None, at: datetime) -> None:
    """Have letters about live changes leave at once, or after an organizer has looked. The same twice is one.

    What waits already goes on waiting. Refused for what is neither.
    """
    lock(meeting)
    if when not in LIVE_LETTERS:
        raise Refused(_("Choose when the letters leave."))
    before = meeting.live_letters
    if before == when:
        return
    meeting.live_letters = when
    meeting.version += 1
    db.session.flush()
    record("changed when letters of the day leave", meeting, by=by, at=at, changes={"live_letters": [before, when]})


def send_waiting_letters(meeting: Meeting, seen: str, *, by: Person | None, at: datetime) -> int:
    """Let the worker write the letters of everything that waits, one to each person. Returns of how many changes.

    Pressed twice, by one or by two, it is once: 0 where nothing waits any more. Refused where other changes wait than
    `seen`, which is `mark_of_waiting`, and where the meeting is closed.
    """
    lock(meeting)
    refuse_closed(meeting)
    rows = waiting_changes(meeting)
    if not rows:
        return 0
    if seen != mark_of_waiting(rows):
        raise Refused(_("Something else waits now than on this page. Look at it, then send."))
    for one in rows:
        one.waits, one.notice = False, rows[0].id
        one.checked_at, one.checked_by_id = at, by.id if by else None
    sessions = sorted({code for one in rows for code in one.before})
    wake()
    record("sent letters of the day", meeting, by=by, at=at, count=len(rows), sessions=sessions)
    return len(rows)


def leave_out(change: LiveChange, reason: str, *, by: Person | None, at: datetime) -> None:
    """Tell nobody of this change, for this reason. The same twice is one.

    Refused where its letters do not wait any more, and without a reason.
    """
    lock(change.meeting)
    lock(change)
    refuse_closed(change.meeting)
    if change.left_out:
        return
    if not change.waits:
        raise Refused(_("The letters of this change do not wait any more: they were sent, or it was undone."))
    if not reason:
        raise Refused(_("Write why nobody is told."), beside="reason")
    change.waits = change.has_letters = False
    change.left_out, change.checked_at, change.checked_by_id = reason, at, by.id if by else None
    record(
        "left a change out of the letters", change.session, by=by, at=at, sessions=sorted(change.before), reason=reason
    )


def let_wait_again(change: LiveChange, *, by: Person | None, at: datetime) -> None:
    """Let a change that was left out wait with the others. The same twice is one.

    Refused where it was undone meanwhile.
    """
    lock(change.meeting)
    lock(change)
    refuse_closed(change.meeting)
    if change.waits:
        return
    if change.undone_at or not change.left_out:
        raise Refused(_("This change was undone meanwhile: there is nothing to tell."))
    change.waits = change.has_letters = True
    change.left_out, change.checked_at, change.checked_by_id = "", None, None
    record("put a change back among the letters", change.session, by=by, at=at, sessions=sorted(change.before))
