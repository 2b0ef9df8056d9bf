from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import blake2b

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.floor.models import ActualTimes
from eventapp.ground.db import db
from eventapp.live.late.rule import FIXED, Delay, Planned, run_late
from eventapp.live.late.usual import usual_hold, usual_least
from eventapp.live.models import LATE, DelayRule, LiveChange
from eventapp.meetings.models import Meeting
from eventapp.vocabulary.sessions import BREAK

NIGHT = time(6)  # what begins before six belongs to the evening
SHOWN = 20  # live changes of a day


@dataclass(frozen=True)
class Late:
    """What would happen to the day of this session. `seen` says how the day stood when this was worked out."""

    session: Session
    minutes: int
    everywhere: bool
    has_begun: bool
    delay: Delay
    sessions: dict[str, Session]
    seen: str


def lateness(session: Session, minutes: int, *, everywhere: bool, at: datetime) -> Late:
    """What becomes of the day where this session runs so many minutes late. Five queries, however long the day."""
    found = sessions_after(session)
    rules, actual = rules_of(found), actual_of(found)
    rests = rooms_for_breaks(session.meeting)
    under_way = {number for number, times in actual.items() if times.began_at}
    items = [
        item_of(one, rules.get(one.id), rests, is_under_way=one.id in under_way and one is not session) for one in found
    ]
    has_begun = session.id in under_way or at >= session.starts_at
    delay = run_late(items, session.code, timedelta(minutes=minutes), has_begun=has_begun, everywhere=everywhere)
    return Late(
        session, minutes, everywhere, has_begun, delay, {one.code: one for one in found}, seen_of(session, found)
    )


def item_of(session: Session, rule: DelayRule | None, rests: set[int], *, is_under_way: bool) -> Planned:
    """The session as the rule reads it. What has begun already holds."""
    least = rule.least if rule else usual_least(session)
    hold = FIXED if is_under_way else rule.hold if rule else usual_hold(session)
    is_break = session.kind == BREAK
    return Planned(
        code=session.code,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        room=session.room.code if session.room else None,
        least=timedelta(minutes=least),
        hold=hold,
        is_break=is_break,
        is_common=is_break and (session.room_id is None or session.room_id in rests),
        is_under_way=is_under_way,
    )


def sessions_after(session: Session) -> list[Session]:
    """This session and all of its day that begin with it or later, by time; those of the night after too."""
    tz = session.meeting.tz
    local = session.starts_at.astimezone(tz)
    day = (local - timedelta(hours=NIGHT.hour)).date() + timedelta(days=1)
    query = (
        select(Session)
        .where(
            Session.meeting_id == session.meeting_id,
            Session.cancelled_at.is_(None),
            Session.starts_at >= session.starts_at,
            Session.starts_at < datetime.combine(day, NIGHT, tz),
        )
        .order_by(Session.starts_at, Session.code)
    )
    return list(db.session.scalars(query.options(joinedload(Session.room))))


def rules_of(sessions: list[Session]) -> dict[int, DelayRule]:
    """The rules that were set for these sessions, by their numbers."""
    query = select(DelayRule).where(DelayRule.session_id.in_([one.id for one in sessions]))
    return {one.session_id: one for one in db.session.scalars(query)}


def actual_of(sessions: list[Session]) -> dict[int, ActualTimes]:
    """When these sessions really began and ended, by their numbers."""
    query = select(ActualTimes).where(ActualTimes.session_id.in_([one.id for one in sessions]))
    return {one.session_id: one for one in db.session.scalars(query)}


def rooms_for_breaks(meeting: Meeting) -> set[int]:
    """The rooms of the meeting where nothing but breaks takes place: a foyer, a terrace."""
    query = (
        select(Session.room_id)
        .where(Session.meeting_id == meeting.id, Session.cancelled_at.is_(None), Session.room_id.is_not(None))
        .group_by(Session.room_id)
        .having(func.min(Session.kind) == BREAK, func.max(Session.kind) == BREAK)
    )
    return {number for number in db.session.scalars(query) if number is not None}


def seen_of(session: Session, sessions: list[Session]) -> str:
    """A mark that differs once anything of this day was changed."""
    last = newest_change(session.meeting)
    words = " ".join(f"{one.id}.{one.version}" for one in sessions)
    return f"{last.id if last else 0}.{blake2b(words.encode(), digest_size=8).hexdigest()}"


def newest_change(meeting: Meeting) -> LiveChange | None:
    """What was changed live last."""
    query = select(LiveChange).where(LiveChange.meeting_id == meeting.id).order_by(LiveChange.id.desc()).limit(1)
    return db.session.scalar(query.options(joinedload(LiveChange.by), joinedload(LiveChange.session)))


def changes_since(meeting: Meeting, since: datetime) -> list[LiveChange]:
    """What was changed live since then, the newest first."""
    query = select(LiveChange).where(
        LiveChange.meeting_id == meeting.id, LiveChange.at >= since, LiveChange.kind == LATE
    )
    options = (joinedload(LiveChange.by), joinedload(LiveChange.undone_by), joinedload(LiveChange.session))
    return list(db.session.scalars(query.order_by(LiveChange.id.desc()).limit(SHOWN).options(*options)))


def change_at(meeting: Meeting, number: int) -> LiveChange | None:
    """The live change of this meeting with this number."""
    return db.session.scalar(select(LiveChange).where(LiveChange.meeting_id == meeting.id, LiveChange.id == number))
