from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.meetings.models import Category, Meeting
from eventapp.meetings.queries import category_of
from eventapp.registration.accompanying.models import AccompanyingRules
from eventapp.registration.models import APPROVED, PENDING, WAITING, Registration

ACTIVE = (PENDING, APPROVED, WAITING)


@dataclass(frozen=True)
class Rules:
    """As what accompanying persons come, and how many each participant may bring."""

    category: Category
    most: int


def rules_row(meeting: Meeting) -> AccompanyingRules | None:
    """What the meeting has chosen."""
    return db.session.scalar(select(AccompanyingRules).where(AccompanyingRules.meeting_id == meeting.id))


def rules_of(meeting: Meeting) -> Rules | None:
    """The rules; None where nobody brings anybody, or the category is gone."""
    row = rules_row(meeting)
    category = category_of(meeting, row.category) if row else None
    return Rules(category, row.most) if row and category else None


def brought_by(registration: Registration) -> list[Registration]:
    """Everybody whom this person brought, in the order in which they were named, whatever became of it."""
    query = select(Registration).where(Registration.brought_by_id == registration.id).order_by(Registration.number)
    return list(db.session.scalars(query.options(joinedload(Registration.person))))


def coming_with(registration: Registration) -> list[Registration]:
    """Those of them who ask for a place or have one."""
    return [one for one in brought_by(registration) if one.state in ACTIVE]


def who_brought(registration: Registration) -> Registration | None:
    """The participant whom this person accompanies."""
    if registration.brought_by_id is None:
        return None
    return db.session.get(Registration, registration.brought_by_id)
