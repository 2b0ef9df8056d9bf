from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.agenda.releases.difference import CANCELLED, CHANGED, RESTORED, Change
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.live.models import MOVED, LiveChange
from eventapp.meetings.models import Meeting, Room
from eventapp.people.models import Person

SHOWN = 20  # changes of a day
PLACE = ("starts_at", "ends_at", "room", "cancelled")


@dataclass(frozen=True)
class Pending:
    """A session that the draft has elsewhere, or off, and what it is in public, as a release keeps it."""

    session: Session
    before: Record
    after: Record

    @property
    def change(self) -> Change:
        """The same as a difference of two versions."""
        was, now = self.before, self.after
        fields = {name: (was[name], now[name]) for name in PLACE[:3] if was[name] != now[name]}
        what = CHANGED if was["cancelled"] == now["cancelled"] else CANCELLED if now["cancelled"] else RESTORED
        return Change(self.session.code, self.session.title, what, fields)


def pending_moves(meeting: Meeting, content: Record, *, held: bool = False) -> list[Pending]:
    """The public sessions that are at another time, in another room, off or back in the draft, by time.

    `content` is what the last version keeps. `held` keeps their rows until the transaction ends.
    """
    public = {one["code"]: {name: one[name] for name in PLACE} for one in content["sessions"]}
    facts = (Session.id, Session.code, Session.starts_at, Session.ends_at, Session.cancelled_at, Room.code)
    every = select(*facts).outerjoin(Room, Session.room_id == Room.id).where(Session.meeting_id == meeting.id)
    numbers = [
        number
        for number, code, starts_at, ends_at, cancelled_at, room in db.session.execute(every)
        if code in public and place(starts_at, ends_at, cancelled_at, room) != public[code]
    ]
    query = select(Session).where(Session.id.in_(numbers)).order_by(Session.id).options(joinedload(Session.room))
    if held:
        query = query.with_for_update(of=Session).execution_options(populate_existing=True)
    rows = db.session.scalars(query).all() if numbers else ()
    found = [Pending(one, public[one.code], place_of(one)) for one in rows]
    moved = [one for one in found if one.before != one.after]
    return sorted(moved, key=lambda one: (one.session.starts_at, one.session.code))


def place_of(session: Session) -> Record:
    """When and where it is in the draft, as a release keeps it."""
    room = session.room.code if session.room else None
    return place(session.starts_at, session.ends_at, session.cancelled_at, room)


def place(starts_at: datetime, ends_at: datetime, cancelled_at: datetime | None, room: str | None) -> Record:
    times = {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}
    return {**times, "room": room, "cancelled": cancelled_at is not None}


def seen_of(pending: Iterable[Pending]) -> str:
    """A mark that is another one once any of them was changed."""
    words = " ".join(f"{one.session.id}.{one.session.version}" for one in pending)
    return blake2b(words.encode(), digest_size=16).hexdigest()


def moves_since(meeting: Meeting, since: datetime) -> list[LiveChange]:
    """What was made public at once since then, the newest first."""
    query = select(LiveChange).where(LiveChange.meeting_id == meeting.id, LiveChange.kind == MOVED)
    options = (joinedload(LiveChange.by), joinedload(LiveChange.undone_by))
    return list(
        db.session.scalars(
            query.where(LiveChange.at >= since).order_by(LiveChange.id.desc()).limit(SHOWN).options(*options)
        )
    )


def moves_at(meeting: Meeting, number: int) -> LiveChange | None:
    """What was made public at once under this number."""
    query = select(LiveChange).where(LiveChange.meeting_id == meeting.id, LiveChange.kind == MOVED)
    return db.session.scalar(query.where(LiveChange.id == number))


def same_press(meeting: Meeting, seen: str, by: Person | None) -> LiveChange | None:
    """What this person published of this very page before: the button was pressed twice."""
    query = select(LiveChange).where(LiveChange.meeting_id == meeting.id, LiveChange.kind == MOVED)
    query = query.where(LiveChange.seen == seen, LiveChange.by_id == (by.id if by else None))
    return db.session.scalar(query.order_by(LiveChange.id.desc()).limit(1))
