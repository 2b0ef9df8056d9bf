"""A live change in a transaction of its own, which holds the write lock for no longer than it writes.

The last version, as large as the meeting, is read and written again before; where another came meanwhile, it is tried
again.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from eventapp.agenda.models import Session
from eventapp.agenda.releases.live import Prepared, prepared
from eventapp.ground.db.apart import with_prepared
from eventapp.ground.text.i18n import _
from eventapp.live.late.actions import Press, press_late, undo_late
from eventapp.live.models import LiveChange
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

T = TypeVar("T")


def let_run_late(session: Session, press: Press, *, by: Person | None, at: datetime) -> LiveChange:
    """As `press_late`, which says what is refused."""
    return at_once(session.meeting, lambda ready: press_late(session, press, by=by, at=at, ready=ready))


def take_back_late(change: LiveChange, *, by: Person | None, at: datetime) -> LiveChange:
    """As `undo_late`, which says what is refused."""
    return at_once(change.meeting, lambda ready: undo_late(change, by=by, at=at, ready=ready))


def at_once(meeting: Meeting, act: Callable[[Prepared | None], T]) -> T:
    """Do this with the last version made ready. Refused where another version comes each time meanwhile."""
    otherwise = _("The agenda was published again meanwhile. Try once more.")
    return with_prepared(lambda: prepared(meeting), act, otherwise=otherwise)
