"""Slots whose times no longer show what they were opened for, as `agenda/zones` has sessions: put back, or left."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from eventapp.agenda.sessions.wall import planned, shown
from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.networking.bilaterals.models import BilateralSlot
from eventapp.networking.slots.queries import bilaterals_in, off_wall, taken_places
from eventapp.people.models import Person


def mark(numbers: Sequence[int]) -> None:
    """Say of these slots that newer rules of their zone show them at another time."""
    db.session.execute(update(BilateralSlot).where(BilateralSlot.id.in_(numbers)).values(is_off_wall=True))


def put_back(meeting: Meeting, *, by: Person | None, at: datetime) -> int:
    """Give such slots the moments at which clocks show what they were opened for; calendars hear of what was agreed.

    One stays as it is where another slot begins there and then. Returns how many were put back.
    """
    lock(meeting)
    rows = db.session.scalars(off_wall(meeting)).all()
    back = those_that_fit(rows, taken_places(meeting, {one.id for one in rows}))
    later = bool(back) and planned(back[0])[0] > back[0].starts_at
    for one in reversed(back) if later else back:  # so that none comes where its neighbour still is
        one.starts_at, one.ends_at = planned(one)
        one.is_off_wall = False
        db.session.flush()
    for each in bilaterals_in([one.id for one in back]):
        each.sequence += 1
        each.changed_at = at
    if back:
        record("put slots back to their times", meeting, by=by, at=at, count=len(back))
    return len(back)


def those_that_fit(rows: Sequence[BilateralSlot], taken: set[tuple[datetime, str]]) -> list[BilateralSlot]:
    """Those of these slots that may be put back; one that stays has its own place, where no other may come."""
    back = list(rows)
    while stay := [one for one in back if (planned(one)[0], one.place) in taken]:
        taken |= {(one.starts_at, one.place) for one in stay}
        back = [one for one in back if one not in stay]
    return back


def take_as_shown(meeting: Meeting, *, by: Person | None, at: datetime) -> int:
    """Leave the moments as they are: what clocks show now is when people meet. Returns how many."""
    lock(meeting)
    rows = db.session.scalars(off_wall(meeting)).all()
    for one in rows:
        one.wall_starts, one.wall_ends = shown(one.starts_at, meeting.tz), shown(one.ends_at, meeting.tz)
        one.wall_zone, one.is_off_wall = meeting.zone, False
    if rows:
        record("took the times of newer rules for slots", meeting, by=by, at=at, count=len(rows))
    return len(rows)
