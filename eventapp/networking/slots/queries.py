from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Row, Select, func, select

from eventapp.agenda.sessions.wall import is_off
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.networking.bilaterals.models import AGREED, ASKED, Bilateral, BilateralSlot

Spot = tuple[datetime, str]  # when a slot begins, and where


def off_wall(meeting: Meeting) -> Select[BilateralSlot]:
    """The slots that newer rules show at other times than they were opened for, by time and place."""
    query = select(BilateralSlot).where(BilateralSlot.meeting_id == meeting.id, BilateralSlot.is_off_wall)
    return query.order_by(BilateralSlot.starts_at, BilateralSlot.place)


def count_off_wall(meeting: Meeting) -> int:
    """How many there are."""
    query = select(func.count()).select_from(BilateralSlot)
    off = (BilateralSlot.meeting_id == meeting.id, BilateralSlot.is_off_wall)
    return db.session.scalar(query.where(*off)) or 0


def newly_off(at: datetime) -> Sequence[int]:
    """The numbers of slots to come that the rules of today show at other times, and that are not marked yet."""
    one = BilateralSlot
    query = select(one.id, one.wall_starts, one.wall_ends, one.wall_zone, one.starts_at, one.ends_at)
    rows = db.session.execute(query.where(one.ends_at > at, one.is_off_wall.is_(False)))
    return [
        number
        for number, first, last, zone, starts_at, ends_at in rows
        if is_off(first, last, zone, starts_at, ends_at)
    ]


def spots_of(meeting: Meeting) -> dict[int, Spot]:
    """When and where each slot of this meeting begins, by its number."""
    return {one.id: (one.starts_at, one.place) for one in times_of(meeting)}


def times_of(meeting: Meeting) -> Sequence[Row[int, str, datetime, datetime]]:
    """The number, the place, the beginning and the end of each slot of this meeting, in the order of time."""
    one = BilateralSlot
    query = select(one.id, one.place, one.starts_at, one.ends_at).where(one.meeting_id == meeting.id)
    return db.session.execute(query.order_by(one.starts_at, one.id)).all()


def open_times(meeting: Meeting) -> Sequence[Row[str, datetime, datetime]]:
    """The place, the beginning and the end of each slot that is open, place by place in the order of time."""
    one = BilateralSlot
    query = select(one.place, one.starts_at, one.ends_at).where(one.meeting_id == meeting.id, one.closed_at.is_(None))
    return db.session.execute(query.order_by(one.place, one.starts_at)).all()


def taken_otherwise(meeting: Meeting, wanted: Mapping[Spot, datetime]) -> list[BilateralSlot]:
    """The slots that two people have, or that one asked another for, and that are to end at another time than now."""
    has_it = select(Bilateral.slot_id).where(Bilateral.meeting_id == meeting.id, Bilateral.state.in_((ASKED, AGREED)))
    query = select(BilateralSlot).where(BilateralSlot.meeting_id == meeting.id, BilateralSlot.id.in_(has_it))
    rows = db.session.scalars(query.order_by(BilateralSlot.starts_at, BilateralSlot.place))
    return [one for one in rows if wanted.get((one.starts_at, one.place), one.ends_at) != one.ends_at]


def bilaterals_in(slots: Collection[int]) -> Sequence[Bilateral]:
    """What was ever agreed for these slots: what calendars may have."""
    query = select(Bilateral).where(Bilateral.slot_id.in_(slots), Bilateral.agreed_at.is_not(None))
    return db.session.scalars(query).all()
