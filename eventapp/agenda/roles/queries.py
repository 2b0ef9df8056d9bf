"""Whom the next version concerns: who is written to when it is published, and who has not accepted a part yet."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.agenda.models import DECLINED, INVITED, Session, SpeakingRole
from eventapp.agenda.releases.difference import NEW, Change
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting, Room
from eventapp.people.models import Person

MOST = 50  # parts that are named; the rest is counted


class Unanswered(NamedTuple):
    """The first parts that nobody has accepted or declined, by time, and how many there are."""

    parts: list[SpeakingRole]
    total: int


def recipients_of(meeting: Meeting, found: Iterable[Change], *, at: datetime) -> dict[Person, list[Change]]:
    """Who has a part in what these changes move or call off, by their numbers, with the changes by time.

    Nobody hears of what is over. Of a new session hears who was asked before it had a time. One query.
    """
    moved = {one.code: one for one in found if one.moved}
    query = parts_of(meeting).where(
        Session.code.in_(moved),
        Session.ends_at > at,
        SpeakingRole.person_id.is_not(None),
        SpeakingRole.state != DECLINED,
    )
    query = query.order_by(None).order_by(SpeakingRole.person_id, Session.starts_at, Room.position, Session.code)
    hears: dict[Person, list[Change]] = {}
    for part in db.session.scalars(query.outerjoin(Room, Session.room_id == Room.id)):
        change = moved[part.session.code]
        asked_before = part.session.placed_at if change.what == NEW else at
        if part.person and is_due(part, asked_before) and change not in hears.setdefault(part.person, []):
            hears[part.person].append(change)
    return hears


def unanswered(meeting: Meeting) -> Unanswered:
    """The parts in sessions of the draft that are offered, and neither accepted nor declined. Two queries."""
    query = parts_of(meeting).where(Session.cancelled_at.is_(None), SpeakingRole.state == INVITED)
    count = query.with_only_columns(func.count(SpeakingRole.id)).order_by(None)
    return Unanswered(list(db.session.scalars(query.limit(MOST))), db.session.scalar(count) or 0)


def parts_of(meeting: Meeting) -> Select[SpeakingRole]:
    """The parts in this meeting that were not taken back, by time, each with its session and who has it."""
    query = select(SpeakingRole).join(Session).where(Session.meeting_id == meeting.id, SpeakingRole.ended_at.is_(None))
    return query.order_by(Session.starts_at, Session.code, SpeakingRole.position, SpeakingRole.id).options(
        contains_eager(SpeakingRole.session), joinedload(SpeakingRole.person)
    )


def is_due(role: SpeakingRole, before: datetime | None) -> bool:
    """Whether somebody was asked before this moment."""
    return before is not None and (role.asked_at is None or role.asked_at <= before)
