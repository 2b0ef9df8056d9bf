from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.meetings.models import Meeting
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.models import DECLINED, LAPSED, WITHDRAWN, Registration

PAGE = 50
OPEN, ACCEPTED, REFUSED, GROUPS, ALL = "open", "accepted", "declined", "groups", "all"
TABS = (ALL, OPEN, ACCEPTED, REFUSED, GROUPS)
A_DAY = timedelta(days=1)


def counted() -> ScalarSelect[int]:
    """How many registered by an invitation and still come, or ask to."""
    gone = Registration.state.in_((WITHDRAWN, DECLINED, LAPSED))
    query = select(func.count()).where(Registration.invitation_id == Invitation.id, ~gone)
    return query.correlate(Invitation).scalar_subquery()


def uses_of(invitation: Invitation) -> int:
    """How often this one is used; only right while the meeting is locked."""
    return db.session.scalar(select(counted()).where(Invitation.id == invitation.id)) or 0


def in_tab(tab: str) -> ColumnElement[bool]:
    """The condition that an invitation stands under this tab."""
    personal, used = Invitation.email != "", counted() > 0
    unanswered = and_(personal, ~used, Invitation.declined_at.is_(None), Invitation.ended_at.is_(None))
    return {
        OPEN: unanswered,
        ACCEPTED: and_(personal, used),
        REFUSED: and_(personal, ~used, Invitation.declined_at.is_not(None)),
        GROUPS: Invitation.email == "",
    }.get(tab, Invitation.id > 0)


def listed(meeting: Meeting, tab: str, page: str | None) -> Page[Invitation]:
    """The page of invitations of this tab, the newest first."""
    query = select(Invitation).where(Invitation.meeting_id == meeting.id, in_tab(tab))
    return page_in_sql(query.order_by(Invitation.id.desc()).options(joinedload(Invitation.category)), page, most=PAGE)


def uses_by_number(invitations: Collection[Invitation]) -> dict[int, int]:
    """How often each of these is used, in one query."""
    query = select(Invitation.id, counted()).where(Invitation.id.in_([one.id for one in invitations]))
    return {number: uses for number, uses in db.session.execute(query)}  # noqa: C416 -- a row is no pair to the types


def tab_counts(meeting: Meeting) -> dict[str, int]:
    """How many invitations stand under each tab."""
    query = select(*(func.count().filter(in_tab(tab)) for tab in TABS)).where(Invitation.meeting_id == meeting.id)
    return dict(zip(TABS, db.session.execute(query).one(), strict=True))


def invitation_of(meeting: Meeting, number: int) -> Invitation | None:
    """The invitation of this meeting with this number."""
    return db.session.scalar(select(Invitation).where(Invitation.meeting_id == meeting.id, Invitation.id == number))


def invited_already(meeting: Meeting, emails: Collection[str]) -> set[str]:
    """Those of these addresses that have an invitation that was not ended."""
    query = select(Invitation.email).where(Invitation.meeting_id == meeting.id, Invitation.email.in_(emails))
    return set(db.session.scalars(query.where(Invitation.ended_at.is_(None))))


def to_remind(meeting: Meeting, at: datetime) -> list[Invitation]:
    """Who has not answered and heard nothing for a day, the first invited first; as many as a press writes to."""
    query = select(Invitation).where(Invitation.meeting_id == meeting.id, in_tab(OPEN))
    query = query.where(or_(Invitation.reminded_at.is_(None), Invitation.reminded_at <= at - A_DAY))
    query = query.where(Invitation.invited_at <= at - A_DAY)
    return list(db.session.scalars(query.order_by(Invitation.id).limit(PAGE)))


def registration_by(invitation: Invitation) -> Registration | None:
    """The registration that a personal invitation led to."""
    query = select(Registration).where(Registration.invitation_id == invitation.id)
    return db.session.scalar(query.order_by(Registration.id.desc()).limit(1))


def skips_approval(registration: Registration) -> bool:
    """Whether this person came by an invitation for which no organizer decides."""
    if registration.invitation_id is None:
        return False
    query = select(Invitation.skips_approval).where(Invitation.id == registration.invitation_id)
    return bool(db.session.scalar(query))
