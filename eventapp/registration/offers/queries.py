from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.ground.db import db
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.models import WAITING, WITHDRAWN, Registration
from eventapp.registration.offers.models import EXPIRED, Offer, WaitingRules

PAGE = 50
PRIORITY = (  # of the category, where the meeting goes by it; read anew each time, so that it is never an old one
    select(case((WaitingRules.by_protocol, Category.protocol_order), else_=0))
    .select_from(Category)
    .outerjoin(WaitingRules, WaitingRules.meeting_id == Category.meeting_id)
    .where(Category.id == Registration.category_id)
    .correlate(Registration)
    .scalar_subquery()
)
IN_LINE = (Registration.waiting_rank, PRIORITY, Registration.waiting_since, Registration.number)  # order of the list


def hours_to_answer(meeting: Meeting) -> int | None:
    """How long an offer of this meeting stands; None where a place that comes free is given at once."""
    return db.session.scalar(select(WaitingRules.offer_hours).where(WaitingRules.meeting_id == meeting.id))


def goes_by_protocol(meeting: Meeting) -> bool:
    """Whether the order of categories comes before the time on the waiting list of this meeting."""
    query = select(WaitingRules.by_protocol).where(WaitingRules.meeting_id == meeting.id)
    return bool(db.session.scalar(query))


def is_offered() -> ColumnElement[bool]:
    """The condition that a place is offered to a registration."""
    return select(Offer.id).where(Offer.registration_id == Registration.id, Offer.ended_at.is_(None)).exists()


def offer_to(registration: Registration) -> Offer | None:
    """The offer that has not ended, its deadline may be over; only right while the meeting is locked."""
    query = select(Offer).where(Offer.registration_id == registration.id, Offer.ended_at.is_(None))
    return db.session.scalar(query)


def offer_shown(registration: Registration, at: datetime) -> Offer | None:
    """The offer that this person can answer at this moment."""
    offer = offer_to(registration) if registration.state == WAITING else None
    return offer if offer and offer.is_open(at) else None


def newest_offer(registration: Registration) -> Offer | None:
    """The last offer to this person, whatever became of it."""
    query = select(Offer).where(Offer.registration_id == registration.id)
    return db.session.scalar(query.order_by(Offer.id.desc()).limit(1))


def let_pass(registration: Registration) -> bool:
    """Whether this person is out of the line because their last offer ended without an answer."""
    if registration.state != WITHDRAWN:
        return False
    newest = newest_offer(registration)
    return newest is not None and newest.outcome == EXPIRED and newest.ended_at == registration.state_at


def in_line(meeting: Meeting, page: str | None) -> Page[Registration]:
    """The page of the waiting list, the first in line first."""
    query = select(Registration).where(Registration.meeting_id == meeting.id, Registration.state == WAITING)
    around = (joinedload(Registration.category), joinedload(Registration.delegation))
    return page_in_sql(query.order_by(*IN_LINE).options(*around), page, most=PAGE)


def open_offers(meeting: Meeting) -> dict[int, Offer]:
    """The offers of this meeting that have not ended, by the number of the registration."""
    query = select(Offer).join(Offer.registration)
    query = query.where(Registration.meeting_id == meeting.id, Offer.ended_at.is_(None))
    return {one.registration_id: one for one in db.session.scalars(query)}


def ended_offers(meeting: Meeting, page: str | None) -> Page[Offer]:
    """The page of offers that have ended, the newest first."""
    query = select(Offer).join(Offer.registration).options(contains_eager(Offer.registration))
    query = query.where(Registration.meeting_id == meeting.id, Offer.ended_at.is_not(None))
    return page_in_sql(query.order_by(Offer.ended_at.desc(), Offer.id.desc()), page, most=PAGE)


def counts(meeting: Meeting) -> tuple[int, int, int]:
    """How many wait, how many of them have an offer, and how many offers have ended."""
    here = Registration.meeting_id == meeting.id
    waits = select(func.count()).where(here, Registration.state == WAITING).scalar_subquery()
    offers = select(func.count()).select_from(Offer).join(Offer.registration).where(here)
    is_open = offers.where(Offer.ended_at.is_(None)).scalar_subquery()
    over = offers.where(Offer.ended_at.is_not(None)).scalar_subquery()
    return tuple(db.session.execute(select(waits, is_open, over)).one())


def first_deadline(meeting: Meeting) -> datetime | None:
    """When the next open offer of this meeting ends; None where no place is offered."""
    query = select(func.min(Offer.expires_at)).join(Offer.registration)
    return db.session.scalar(query.where(Registration.meeting_id == meeting.id, Offer.ended_at.is_(None)))


def lapsed_since(meeting: Meeting, at: datetime) -> int:
    """How many are out of the line because they let an offer pass since this moment, and were not put back."""
    query = select(func.count(Offer.id)).join(Offer.registration)
    query = query.where(Registration.meeting_id == meeting.id, Offer.outcome == EXPIRED, Offer.ended_at >= at)
    out = (Registration.state == WITHDRAWN, Registration.state_at == Offer.ended_at)
    return db.session.scalar(query.where(*out)) or 0


def offer_of(meeting: Meeting, number: int) -> Offer | None:
    """The offer of this meeting with this number."""
    query = select(Offer).join(Offer.registration).where(Offer.id == number, Registration.meeting_id == meeting.id)
    return db.session.scalar(query)


def overdue(at: datetime, *, most: int) -> list[Offer]:
    """Offers whose deadline is over, the first over first; none of a meeting that is closed."""
    query = select(Offer).join(Offer.registration).join(Registration.meeting)
    query = query.where(Offer.ended_at.is_(None), Offer.expires_at <= at, Meeting.closed_at.is_(None))
    return list(db.session.scalars(query.order_by(Offer.expires_at, Offer.id).limit(most)))
