from sqlalchemy import func, select

from eventapp.ground.db import db
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.models import APPROVED, Registration


def places_by_category(meeting: Meeting) -> dict[str, int]:
    """How many hold a place in each category, by its code; 0 where nobody does."""
    held = (
        select(Category.code, func.count(Registration.id))
        .outerjoin(Registration, (Registration.category_id == Category.id) & (Registration.state == APPROVED))
        .where(Category.meeting_id == meeting.id)
        .group_by(Category.code)
    )
    return {row[0]: row[1] for row in db.session.execute(held)}
