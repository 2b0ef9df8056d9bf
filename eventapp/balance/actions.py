from datetime import datetime
from typing import Any

from eventapp.balance.counting import BREAKDOWNS, PRESENT, STAGES, everybody
from eventapp.balance.covering import covered
from eventapp.checkin.models import BalanceCount
from eventapp.checkin.queries import count_of
from eventapp.db import Record, db, lock
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


def open_balance(meeting: Meeting, *, by: Person | None, at: datetime) -> BalanceCount:
    """Let anyone read the balance of this meeting. It is counted the first time and never again.

    The difference of two countings could tell of one person, whatever each of them hides.
    """
    lock(meeting)
    found = count_of(meeting)
    if found is None:
        found = BalanceCount(
            meeting=meeting,
            counted_at=at,
            counted_by_id=by.id if by else None,
            content=for_the_world(meeting, at=at),
        )
        db.session.add(found)
        db.session.flush()
    elif found.closed_at is None:
        return found
    found.closed_at = None
    record("opened the balance", meeting, by=by, at=at, meeting_id=meeting.id)
    return found


def close_balance(meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Let nobody but organizers read it. Closing it twice is no fault."""
    lock(meeting)
    found = count_of(meeting)
    if found is None or found.closed_at is not None:
        return
    found.closed_at = at
    record("closed the balance", meeting, by=by, at=at, meeting_id=meeting.id)


def for_the_world(meeting: Meeting, *, at: datetime) -> Record:
    """Return what anyone may read, as JSON keeps it: no group under five, shown or worked out."""
    found = everybody(meeting, at=at)
    parts: dict[str, Any] = {}
    totals: dict[str, int] = {}
    for name in BREAKDOWNS:
        groups = {group.code: group.counts for group in found.by(name, apart=True).groups}
        shown = covered(groups, found.totals, list(STAGES), first=PRESENT)
        totals = dict(shown.totals)
        parts[name] = {stage: [[list(block), people] for block, people in rows] for stage, rows in shown.blocks.items()}
    return {"totals": totals, "breakdowns": parts}
