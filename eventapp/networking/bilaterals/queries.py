from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from eventapp.agenda.models import DECLINED as PART_DECLINED
from eventapp.agenda.models import Release, Session, SpeakingRole
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.networking.bilaterals.models import AGREED, ASKED, Bilateral, BilateralSlot
from eventapp.networking.models import NetworkingRules
from eventapp.registration.models import APPROVED, Registration

A_DAY = timedelta(hours=24)
AROUND = (
    joinedload(Bilateral.meeting),
    joinedload(Bilateral.slot),
    joinedload(Bilateral.note),
    *(
        joinedload(who).joinedload(one)
        for who in (Bilateral.asker, Bilateral.asked)
        for one in (Registration.person, Registration.delegation, Registration.category, Registration.meeting)
    ),
)


def in_force(at: datetime) -> ColumnElement[bool]:
    """Whether the Bilateral of a query is agreed, or asked for and not too old to be answered."""
    return or_(Bilateral.state == AGREED, and_(Bilateral.state == ASKED, Bilateral.expires_at > at))


def of_both(people: Collection[int]) -> ColumnElement[bool]:
    """Whether one of these registrations is one of the two."""
    return or_(Bilateral.asker_id.in_(people), Bilateral.asked_id.in_(people))


def bilaterals_of(registration: Registration, *, most: int = 100) -> list[Bilateral]:
    """The newest of this participant's requests and meetings, by when they were changed. One query."""
    query = select(Bilateral).where(of_both([registration.id])).order_by(Bilateral.changed_at.desc(), Bilateral.id)
    return list(db.session.scalars(query.limit(most).options(*AROUND)))


def bilateral_of(registration: Registration, number: int) -> Bilateral | None:
    """One of this participant's requests and meetings."""
    query = select(Bilateral).where(Bilateral.id == number, of_both([registration.id]))
    return db.session.scalar(query.options(*AROUND))


def between(one: Registration, other: Registration) -> list[Bilateral]:
    """Every request and meeting of these two, the oldest first."""
    pair = (one.id, other.id)
    query = select(Bilateral).where(Bilateral.asker_id.in_(pair), Bilateral.asked_id.in_(pair))
    return list(db.session.scalars(query.order_by(Bilateral.id).options(*AROUND)))


def asked_lately(registration: Registration, at: datetime) -> list[datetime]:
    """When this participant asked somebody in the last 24 hours, the oldest first."""
    query = select(Bilateral.asked_at).where(Bilateral.asker_id == registration.id, Bilateral.asked_at > at - A_DAY)
    return list(db.session.scalars(query.order_by(Bilateral.asked_at)))


def is_taken(slot: BilateralSlot, at: datetime, but: int = 0) -> bool:
    """Whether two others have this slot; only true while the meeting is locked."""
    query = select(Bilateral.id).where(Bilateral.slot_id == slot.id, Bilateral.id != but, in_force(at))
    return db.session.scalar(query.limit(1)) is not None


def has_part(people: Collection[Registration]) -> ColumnElement[bool]:
    """Whether one of these has a part in a session at the time of the BilateralSlot of a query."""
    overlap = and_(Session.starts_at < BilateralSlot.ends_at, Session.ends_at > BilateralSlot.starts_at)
    return (
        exists()
        .where(SpeakingRole.session_id == Session.id, overlap)
        .where(
            SpeakingRole.person_id.in_([one.person_id for one in people]),
            SpeakingRole.ended_at.is_(None),
            SpeakingRole.state != PART_DECLINED,
            Session.cancelled_at.is_(None),
            Session.waiting == "",
            Session.meeting_id == BilateralSlot.meeting_id,
        )
    )


def meets_then(people: Collection[Registration], at: datetime, but: int = 0) -> ColumnElement[bool]:
    """Whether one of these meets or is asked to meet somebody at the time of the BilateralSlot of a query."""
    other = aliased(BilateralSlot)
    overlap = and_(other.starts_at < BilateralSlot.ends_at, other.ends_at > BilateralSlot.starts_at)
    theirs = of_both([one.id for one in people])
    return exists().where(Bilateral.slot_id == other.id, Bilateral.id != but, in_force(at), theirs, overlap)


def is_busy(slot: BilateralSlot, condition: ColumnElement[bool]) -> bool:
    """Whether this is so at the time of this slot; only true while the meeting is locked."""
    query = select(BilateralSlot.id).where(BilateralSlot.id == slot.id, condition)
    return db.session.scalar(query) is not None


def free_slots(meeting: Meeting, people: Collection[Registration], at: datetime, but: int = 0) -> Select[BilateralSlot]:
    """Open slots to come that nobody has, when none of these has a part in a session or meets somebody, by time."""
    taken = exists().where(Bilateral.slot_id == BilateralSlot.id, Bilateral.id != but, in_force(at))
    query = select(BilateralSlot).where(
        BilateralSlot.meeting_id == meeting.id, BilateralSlot.closed_at.is_(None), BilateralSlot.starts_at > at
    )
    query = query.where(~taken, ~has_part(people), ~meets_then(people, at, but))
    return query.order_by(BilateralSlot.starts_at, BilateralSlot.place)


def days_with(slots: Select[BilateralSlot]) -> list[date]:
    """The days on which these slots begin, where the meeting is. One query."""
    day = func.substr(BilateralSlot.wall_starts, 1, 10)
    found = db.session.scalars(slots.with_only_columns(day).order_by(None).distinct())
    return sorted(date.fromisoformat(one) for one in found)


def slots_on(slots: Select[BilateralSlot], meeting: Meeting, day: date) -> list[BilateralSlot]:
    """Of those that begin on this day one for each time: the first place that is free then."""
    first = datetime.combine(day, time(), meeting.tz)
    last = datetime.combine(day + timedelta(days=1), time(), meeting.tz)
    found: dict[tuple[datetime, datetime], BilateralSlot] = {}
    for slot in db.session.scalars(slots.where(BilateralSlot.starts_at >= first, BilateralSlot.starts_at < last)):
        found.setdefault((slot.starts_at, slot.ends_at), slot)
    return list(found.values())


def slot_of(meeting: Meeting, number: int) -> BilateralSlot | None:
    """The slot with this number, of this meeting."""
    query = select(BilateralSlot).where(BilateralSlot.id == number, BilateralSlot.meeting_id == meeting.id)
    return db.session.scalar(query.options(joinedload(BilateralSlot.meeting)))


def slots_of(meeting: Meeting) -> Select[BilateralSlot]:
    """Every slot of this meeting, by time and place."""
    query = select(BilateralSlot).where(BilateralSlot.meeting_id == meeting.id)
    return query.order_by(BilateralSlot.starts_at, BilateralSlot.place)


def taken_of(slots: Collection[BilateralSlot], at: datetime) -> set[int]:
    """Which of these slots two people have, by number. One query."""
    numbers = [one.id for one in slots]
    return set(db.session.scalars(select(Bilateral.slot_id).where(Bilateral.slot_id.in_(numbers), in_force(at))))


def with_events(registration: Registration) -> list[Bilateral]:
    """What this participant's calendar has: what both agreed once and has a time; what was called off since, too."""
    query = select(Bilateral).join(Bilateral.slot).where(of_both([registration.id]), Bilateral.agreed_at.is_not(None))
    return list(db.session.scalars(query.order_by(BilateralSlot.starts_at, Bilateral.id).options(*AROUND)))


def agreed_spans(meeting: Meeting, people: Collection[int] | None = None) -> Sequence[tuple[int, datetime, datetime]]:
    """The numbers of the people, or of those among these, who agreed to meet somebody, each with from when until when.
    One query, no names.
    """
    both = or_(Registration.id == Bilateral.asker_id, Registration.id == Bilateral.asked_id)
    query = select(Registration.person_id, BilateralSlot.starts_at, BilateralSlot.ends_at).select_from(Bilateral)
    query = query.join(BilateralSlot, BilateralSlot.id == Bilateral.slot_id).join(Registration, both)
    query = query.where(
        Bilateral.meeting_id == meeting.id, Bilateral.state == AGREED, Registration.person_id.is_not(None)
    )
    if people is not None:
        query = query.where(Registration.person_id.in_(people))
    return db.session.execute(query.order_by(BilateralSlot.starts_at, Bilateral.id)).all()


def agreed_to_come(meeting: Meeting, at: datetime) -> list[Bilateral]:
    """What was agreed and has not begun, by number."""
    query = select(Bilateral).join(Bilateral.slot).where(Bilateral.meeting_id == meeting.id, Bilateral.state == AGREED)
    return list(db.session.scalars(query.where(BilateralSlot.starts_at > at).order_by(Bilateral.id).options(*AROUND)))


def parts_of(meeting: Meeting, people: Collection[int]) -> list[SpeakingRole]:
    """The parts that these people hold in sessions of this meeting that are not off, with their sessions."""
    query = select(SpeakingRole).join(SpeakingRole.session).options(joinedload(SpeakingRole.session))
    return list(
        db.session.scalars(
            query.where(
                Session.meeting_id == meeting.id,
                SpeakingRole.person_id.in_(people),
                SpeakingRole.ended_at.is_(None),
                SpeakingRole.state != PART_DECLINED,
            ).order_by(SpeakingRole.id)
        )
    )


def to_compare() -> Select[NetworkingRules]:
    """What meetings say about networking of which a version of the agenda was not compared with what was agreed."""
    newer = exists().where(
        Release.meeting_id == NetworkingRules.meeting_id, Release.number > NetworkingRules.announced_version
    )
    return select(NetworkingRules).where(newer).order_by(NetworkingRules.id)


def states_of(meeting: Meeting) -> dict[str, int]:
    """How many requests and meetings are in each state. One query, no names."""
    query = select(Bilateral.state, func.count()).where(Bilateral.meeting_id == meeting.id)
    return dict(db.session.execute(query.group_by(Bilateral.state)).all())


def lapsed_at(at: datetime) -> Select[Bilateral]:
    """Requests that nobody answered in time."""
    return select(Bilateral).where(Bilateral.state == ASKED, Bilateral.expires_at <= at).order_by(Bilateral.id)


def without_place(at: datetime) -> Select[Bilateral]:
    """Requests and meetings of which one of the two has no place any more."""
    asker, asked = aliased(Registration), aliased(Registration)
    query = select(Bilateral).join(asker, asker.id == Bilateral.asker_id).join(asked, asked.id == Bilateral.asked_id)
    return query.where(in_force(at), or_(asker.state != APPROVED, asked.state != APPROVED)).order_by(Bilateral.id)
