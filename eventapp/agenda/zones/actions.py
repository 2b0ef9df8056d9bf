"""Sessions whose times no longer show what was planned: found, put back, or taken as they are."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.agenda.sessions.actions import set_columns
from eventapp.agenda.sessions.wall import planned, put_on_wall
from eventapp.agenda.zones.queries import off_wall, unwritten
from eventapp.ground.db import lock
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

AT_ONCE = 100


def write_walls() -> int:
    """Write down what clocks show of some sessions of which nobody has. Returns how many."""
    rows = unwritten(most=AT_ONCE)
    for session in rows:
        put_on_wall(session)
    return len(rows)


def mark(found: Sequence[Session]) -> None:
    """Say of these sessions that newer rules of their zone show them at another time."""
    for session in found:
        session.is_off_wall = True


def put_back(meeting: Meeting, *, by: Person | None, at: datetime) -> int:
    """Give every such session the moments at which clocks show what was planned. Returns how many."""
    lock(meeting)
    rows = off_wall(meeting)
    for session in rows:
        starts_at, ends_at = planned(session)
        set_columns(session, {"starts_at": starts_at, "ends_at": ends_at}, by=by, at=at)
        put_on_wall(session)
    if rows:
        record("put sessions back to their times", meeting, by=by, at=at, sessions=len(rows))
    return len(rows)


def take_as_shown(meeting: Meeting, *, by: Person | None, at: datetime) -> int:
    """Leave the moments as they are: what clocks show now is what is planned. Returns how many."""
    lock(meeting)
    rows = off_wall(meeting)
    for session in rows:
        put_on_wall(session)
    if rows:
        record("took the times of newer rules", meeting, by=by, at=at, sessions=len(rows))
    return len(rows)
