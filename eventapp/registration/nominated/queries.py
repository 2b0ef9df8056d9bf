from datetime import datetime

from sqlalchemy import bindparam, select

from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.registration.models import UNCONFIRMED, DelegationFocalPoint, DelegationRules, Registration

CONFIRMING = (  # made once: building it costs more than running it
    select(DelegationFocalPoint.id)
    .where(
        DelegationFocalPoint.delegation_id == bindparam("delegation"),
        DelegationFocalPoint.ended_at.is_(None),
        select(DelegationRules.id)
        .where(DelegationRules.meeting_id == bindparam("meeting"), DelegationRules.waits_for_focal_point)
        .exists(),
    )
    .limit(1)
)


def rules_for(meeting: Meeting) -> DelegationRules:
    """What the meeting asks of its delegations; a row that is nowhere where it asks nothing."""
    found = db.session.scalar(select(DelegationRules).where(DelegationRules.meeting_id == meeting.id))
    return found or DelegationRules(waits_for_focal_point=False)


def nominations_end_at(meeting: Meeting) -> datetime:
    """Until when people are nominated: the deadline of the meeting, else until registration closes."""
    return rules_for(meeting).nominations_close_at or meeting.registration_ends_at


def confirmations_end_at(meeting: Meeting) -> datetime | None:
    """Until when nominated people may confirm; None where nothing but the meeting itself ends it."""
    return rules_for(meeting).confirmations_close_at


def waits_for_focal_point(registration: Registration) -> bool:
    """Whether the meeting wants a focal point to confirm this person, and none has."""
    if registration.vouched_at is not None:
        return False
    asked = {"delegation": registration.delegation_id, "meeting": registration.meeting_id}
    return db.session.scalar(CONFIRMING, asked) is not None


def unconfirmed_too_late(at: datetime) -> list[Registration]:
    """Nominated people, of every meeting, whose days to confirm are over."""
    query = select(Registration).join(DelegationRules, DelegationRules.meeting_id == Registration.meeting_id)
    query = query.where(Registration.state == UNCONFIRMED, Registration.vouched_at.is_not(None))
    query = query.where(DelegationRules.confirmations_close_at <= at)
    return list(db.session.scalars(query.order_by(Registration.meeting_id, Registration.id)))
