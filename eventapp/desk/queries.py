from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from eventapp.ground.db import db
from eventapp.mail.failing.models import FailingAddress
from eventapp.meetings.models import Category, Meeting
from eventapp.people.models import Person
from eventapp.registration.models import APPROVED, PENDING, WAITING, Registration


def places_by_category(meeting: Meeting) -> dict[str, int]:
    """How many hold a place in each category, by its code; 0 where nobody does."""
    held = (
        select(Category.code, func.count(Registration.id))
        .outerjoin(Registration, (Registration.category_id == Category.id) & (Registration.state == APPROVED))
        .where(Category.meeting_id == meeting.id)
        .group_by(Category.code)
    )
    return {row[0]: row[1] for row in db.session.execute(held)}


def unreached(meeting: Meeting) -> Select[Registration]:
    """Who has a place or waits for one and gets no letter, the last whose address failed first."""
    return (
        select(Registration)
        .join(Person, Registration.person_id == Person.id)
        .join(FailingAddress, FailingAddress.address == Person.email)
        .options(contains_eager(Registration.person))
        .where(Registration.meeting_id == meeting.id, Registration.state.in_((PENDING, APPROVED, WAITING)))
        .order_by(FailingAddress.failed_at.desc(), Registration.id)
    )
