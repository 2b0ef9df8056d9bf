from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.floor.models import ActualTimes
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Person


def begin_session(session: Session, *, by: Person | None, at: datetime) -> ActualTimes:
    """The session begins now; its plan stays as it is. Beginning twice is beginning once. Refused when cancelled."""
    lock(session)
    if session.cancelled_at:
        raise Refused(_("Session %(code)s is cancelled. Put it back first.", code=session.code))
    times = db.session.get(ActualTimes, session.id)
    if times is None:
        times = ActualTimes(session_id=session.id, began_at=at, ended_at=None)
        db.session.add(times)
        record("began session", session, by=by, at=at, code=session.code)
    return times


def end_session(session: Session, *, by: Person | None, at: datetime) -> ActualTimes:
    """The session is over. Ending twice is ending once. Refused for one that has not begun."""
    lock(session)
    times = db.session.get(ActualTimes, session.id)
    if times is None:
        raise Refused(_("Session %(code)s has not begun.", code=session.code))
    if times.ended_at is None:
        times.ended_at = at
        record("ended session", session, by=by, at=at, code=session.code)
    return times


def reopen_session(session: Session, *, by: Person | None, at: datetime) -> None:
    """It was not the end, or not the beginning: take the last of the two back. Nothing where there is none."""
    lock(session)
    times = db.session.get(ActualTimes, session.id)
    if times is None:
        return
    if times.ended_at is None:
        db.session.delete(times)
    times.ended_at = None
    record("corrected the times of a session", session, by=by, at=at, code=session.code)
