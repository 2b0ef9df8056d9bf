"""Undoing a change of the day: for ten minutes, once, and only while its sessions stand as it left them."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from eventapp.agenda.models import Session
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.live.checking.content import checks_letters
from eventapp.live.models import LiveChange
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

UNDO_LASTS = timedelta(minutes=10)


def is_to_undo(change: LiveChange, *, at: datetime) -> bool:
    """Whether this change, held from here on, is still to be undone; False where it was.

    Refused after ten minutes, and where the meeting is closed.
    """
    lock(change.meeting)
    lock(change)
    refuse_closed(change.meeting)
    if change.undone_at:
        return False
    if at - change.at > UNDO_LASTS:
        raise Refused(_("Ten minutes are over: this cannot be undone any more. Move the sessions in the planner."))
    return True


def refuse_changed(change: LiveChange, rows: Iterable[Session], stands: Callable[[Session], object]) -> None:
    """Refuse where one of these sessions does not stand as the change left it."""
    again = sorted(one.code for one in rows if stands(one) != change.after[one.code])
    if again:
        raise Refused(_("%(codes)s changed again since. Move it back in the planner instead.", codes=", ".join(again)))


def mark_undone(change: LiveChange, kind: str, *, by: Person | None, at: datetime) -> None:
    """Keep that it was undone, and the way back as a change of this kind, for who heard of the first one."""
    change.undone_at, change.undone_by_id = at, by.id if by else None
    if change.waits:  # nobody has heard of it, so that nobody hears of it
        change.waits = change.has_letters = False
    way_back = LiveChange(
        meeting=change.meeting,
        session=change.session,
        kind=kind,
        minutes=change.minutes,
        everywhere=change.everywhere,
        seen="",
        before=change.after,
        after=change.before,
        at=at,
        by_id=change.undone_by_id,
        undone_at=None,
        has_letters=change.has_letters,
        notice=None,
        written_at=None,
        waits=change.has_letters and checks_letters(change.meeting),
    )
    db.session.add(way_back)


def refuse_closed(meeting: Meeting) -> None:
    """Refused where the meeting is closed: nothing of it changes."""
    if meeting.closed_at:
        raise Refused(_("This meeting is closed, so nothing of it changes. Its organizers can open it again."))
