from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.networking.models import (
    AUDIENCES,
    GOVERNMENTS,
    NOBODY,
    OF_GOVERNMENTS,
    PARTICIPANTS,
    NetworkingBlock,
    NetworkingConsent,
    NetworkingRules,
)
from eventapp.registration.models import APPROVED, Registration

WHO = (joinedload(Registration.delegation), joinedload(Registration.category), joinedload(Registration.person))


@dataclass(frozen=True)
class Use:
    """How many participants may be found by whom."""

    governments: int
    participants: int


def rules_of(meeting: Meeting) -> NetworkingRules | None:
    """What the meeting says about networking; None until an organizer said something."""
    query = select(NetworkingRules).where(NetworkingRules.meeting_id == meeting.id)
    return db.session.scalar(query.options(joinedload(NetworkingRules.session)))


def is_open(meeting: Meeting) -> bool:
    """Whether participants of this meeting have networking."""
    rules = rules_of(meeting)
    return bool(rules and rules.is_open)


def audience_of(registration: Registration) -> str:
    """Who may find this participant."""
    row = db.session.get(NetworkingConsent, registration.id)
    return row.audience if row else NOBODY


def finds(registration: Registration) -> ColumnElement[bool]:
    """Whether this participant may find the Registration of a query: it has a place, agreed, and neither blocked."""
    agreed = [PARTICIPANTS]
    if registration.category.stakeholder_type in OF_GOVERNMENTS:
        agreed.append(GOVERNMENTS)
    consent = exists().where(
        NetworkingConsent.registration_id == Registration.id, NetworkingConsent.audience.in_(agreed)
    )
    return and_(
        Registration.meeting_id == registration.meeting_id,
        Registration.state == APPROVED,
        Registration.id != registration.id,
        consent,
        ~blocks(registration),
    )


def blocks(registration: Registration) -> ColumnElement[bool]:
    """Whether this participant and the Registration of a query do not find each other, whoever of them said so."""
    by_me = and_(NetworkingBlock.registration_id == registration.id, NetworkingBlock.blocked_id == Registration.id)
    by_them = and_(NetworkingBlock.blocked_id == registration.id, NetworkingBlock.registration_id == Registration.id)
    return exists().where(or_(by_me, by_them))


def found_by(registration: Registration, number: int) -> Registration | None:
    """The participant with this number of the meeting, where this one may find them."""
    query = select(Registration).where(Registration.number == number, finds(registration))
    return db.session.scalar(query.options(*WHO))


def blocked_by(registration: Registration) -> list[Registration]:
    """Whom this participant blocked, by name."""
    query = select(Registration).join(NetworkingBlock, NetworkingBlock.blocked_id == Registration.id)
    query = query.where(NetworkingBlock.registration_id == registration.id).order_by(Registration.record_name)
    return list(db.session.scalars(query.options(*WHO)))


def are_apart(one: Registration, other: Registration) -> bool:
    """Whether one of these two blocked the other."""
    pair = (one.id, other.id)
    query = select(NetworkingBlock.at).where(
        NetworkingBlock.registration_id.in_(pair), NetworkingBlock.blocked_id.in_(pair)
    )
    return db.session.scalar(query.limit(1)) is not None


def consented(meeting: Meeting) -> Select[str, int]:
    """Who may be found by whom, and how many people said so, of those who have a place."""
    query = select(NetworkingConsent.audience, func.count()).join(
        Registration, Registration.id == NetworkingConsent.registration_id
    )
    query = query.where(Registration.meeting_id == meeting.id, Registration.state == APPROVED)
    return query.group_by(NetworkingConsent.audience)


def use_of(meeting: Meeting) -> Use:
    """How many let themselves be found. One query, no names."""
    counted = dict(db.session.execute(consented(meeting)).all())
    return Use(counted.get(GOVERNMENTS, 0), counted.get(PARTICIPANTS, 0))


def is_audience(code: str, known: Collection[str] = AUDIENCES) -> bool:
    """Whether this is one of the answers to who may find somebody."""
    return code in known
