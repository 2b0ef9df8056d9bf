from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.models import DelegationRules


@dataclass(frozen=True)
class Rules:
    """What is asked; None where nothing is."""

    nominations_close_at: datetime | None = None
    confirmations_close_at: datetime | None = None
    waits_for_focal_point: bool = False


def set_rules(meeting: Meeting, rules: Rules, *, by: Person, at: datetime) -> None:
    """Ask this of the delegations of the meeting from now on."""
    lock(meeting)
    row = db.session.scalar(select(DelegationRules).where(DelegationRules.meeting_id == meeting.id))
    if row is None:
        row = DelegationRules(meeting_id=meeting.id, waits_for_focal_point=False)
        db.session.add(row)
    changes = {name: [getattr(row, name), value] for name, value in vars(rules).items() if getattr(row, name) != value}
    if not changes:
        return
    for name, value in vars(rules).items():
        setattr(row, name, value)
    db.session.flush()
    record("set the rules for delegations", meeting, by=by, at=at, changes=changes)
