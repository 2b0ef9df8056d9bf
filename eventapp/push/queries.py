from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.meetings.models import Meeting, is_over
from eventapp.push.models import PushMessage, PushSubscription
from eventapp.registration.models import APPROVED, PENDING, WAITING, Registration

COUNTS = (PENDING, WAITING, APPROVED)


def subscriptions_of(registration: Registration) -> Sequence[PushSubscription]:
    """The browsers that show notices to this person, the first to ask first."""
    query = select(PushSubscription).where(PushSubscription.registration_id == registration.id)
    return db.session.scalars(query.order_by(PushSubscription.id)).all()


def subscriptions_among(meeting: Meeting, people: Collection[int]) -> dict[int, list[int]]:
    """The numbers of the browsers of these people, by the number of the person. One query; none that is refused."""
    query = (
        select(Registration.person_id, PushSubscription.id)
        .join(PushSubscription, PushSubscription.registration_id == Registration.id)
        .where(Registration.meeting_id == meeting.id, Registration.state.in_(COUNTS))
        .where(Registration.person_id.in_(people), PushSubscription.refused_at.is_(None))
    )
    found: dict[int, list[int]] = {}
    for person, number in db.session.execute(query):
        found.setdefault(person, []).append(number)
    return found


@dataclass(frozen=True)
class Refusal:
    """Browsers that a service does not let us reach, which service and its answer, and when it said so last."""

    words: str
    count: int
    last: datetime


def refusals_at(meeting: Meeting) -> list[Refusal]:
    """The services that do not take this server's key, with how many browsers of this meeting; the most first."""
    count = func.count()
    query = (
        select(PushSubscription.refusal, count, func.max(PushSubscription.refused_at))
        .join(Registration, PushSubscription.registration_id == Registration.id)
        .where(Registration.meeting_id == meeting.id, PushSubscription.refused_at.is_not(None))
        .group_by(PushSubscription.refusal)
        .order_by(count.desc(), PushSubscription.refusal)
    )
    return [Refusal(words, many, last) for words, many, last in db.session.execute(query) if last]


def due(at: datetime) -> Select[PushMessage]:
    """The notice that has been due longest."""
    query = select(PushMessage).where(PushMessage.due_at <= at).order_by(PushMessage.due_at, PushMessage.id).limit(1)
    return query.options(joinedload(PushMessage.subscription))


def is_due(at: datetime) -> bool:
    """Whether a notice is to be sent."""
    return db.session.scalar(due(at).with_only_columns(PushMessage.id)) is not None


def meetings_over(at: datetime) -> list[int]:
    """The meetings that are over and still have browsers to notify, by their numbers."""
    has_some = select(Registration.meeting_id).join(PushSubscription).distinct()
    rows = db.session.execute(select(Meeting.id, Meeting.ends_on, Meeting.zone).where(Meeting.id.in_(has_some)))
    return [number for number, ends_on, zone in rows if is_over(ends_on, zone, at)]
