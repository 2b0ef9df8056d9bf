from datetime import datetime, timedelta

from sqlalchemy import select

from eventapp.agenda.queries import session_at
from eventapp.agenda.sessions.wall import AGAIN
from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.meetings.local_time import NotAMoment, moment_of
from eventapp.meetings.models import Meeting
from eventapp.networking.actions import Rules, set_networking
from eventapp.networking.bilaterals.models import BilateralSlot
from eventapp.networking.queries import rules_of
from eventapp.networking.slots.actions import slot_at
from eventapp.people.models import Person


def copy_networking(source: Meeting, meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Have the same rules, and the same slots at the same hours by the clock of the new days.

    A session that takes commitments is the one of its code. Closed slots, and hours that the new days have not, stay
    behind; so does all that participants wrote, asked and agreed.
    """
    rules = rules_of(source)
    if rules is not None:
        session = session_at(meeting, rules.session.code) if rules.session else None
        wanted = Rules(rules.is_open, rules.requests_a_day, rules.answer_hours, session)
        set_networking(meeting, wanted, by=by, at=at)
    lock(meeting)
    days, found = meeting.starts_on - source.starts_on, []
    query = select(BilateralSlot.place, BilateralSlot.wall_starts, BilateralSlot.starts_at, BilateralSlot.ends_at)
    query = query.where(BilateralSlot.meeting_id == source.id, BilateralSlot.closed_at.is_(None))
    for place, wall, starts, ends in db.session.execute(query.order_by(BilateralSlot.id)):
        first = on_new_day(wall, days, meeting)
        if first is not None:
            found.append(slot_at(meeting, place, first, first + (ends - starts)))
    if found:
        db.session.add_all({(one.starts_at, one.place): one for one in found}.values())
        record("opened slots for meetings", meeting, by=by, at=at, count=len(found))


def on_new_day(wall: str, days: timedelta, meeting: Meeting) -> datetime | None:
    """The moment at which clocks of this meeting show the same, so many days later; None where they never do."""
    shown = datetime.fromisoformat(wall.removesuffix(AGAIN)) + days
    try:
        return moment_of(f"{shown:%Y-%m-%d %H:%M}", meeting.tz)
    except NotAMoment:
        return None
