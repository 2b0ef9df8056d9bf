from collections.abc import Collection

from sqlalchemy import func, select

from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.registration.models import WITHDRAWN, Decision, Registration


def newest_decision(registration: Registration) -> Decision | None:
    """The newest change of state that still stands."""
    query = select(Decision).where(Decision.registration_id == registration.id, Decision.undone_at.is_(None))
    return db.session.scalar(query.order_by(Decision.id.desc()).limit(1))


def was_withdrawn_for(registration: Registration) -> bool:
    """Whether somebody else withdrew this person: then they cannot come back by themselves."""
    if registration.state != WITHDRAWN:
        return False
    decision = newest_decision(registration)
    return decision is not None and decision.by_id not in (None, registration.person_id)


def newest_decisions(meeting: Meeting, numbers: Collection[int]) -> dict[int, int]:
    """The number of the newest decision that still stands about each registration with one of these numbers."""
    query = select(Registration.number, func.max(Decision.id)).join(Decision.registration)
    query = query.where(Registration.meeting_id == meeting.id, Registration.number.in_(numbers))
    found = db.session.execute(query.where(Decision.undone_at.is_(None)).group_by(Registration.number))
    return {number: newest for number, newest in found}  # noqa: C416 -- a row is no pair to the types


def was_taken_back(registration: Registration, decisions: Collection[int]) -> bool:
    """Whether one of these decisions about the registration is taken back already."""
    query = select(Decision.id).where(
        Decision.registration_id == registration.id, Decision.id.in_(decisions), Decision.undone_at.is_not(None)
    )
    return db.session.scalar(query.limit(1)) is not None
