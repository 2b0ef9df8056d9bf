"""What a screen shows at a moment: what runs, what comes next, and what of it is late, moved or off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.agenda.releases.parts import PublishedRoom
from eventapp.ground.db.types import Record

NEXT = 3  # sessions that come, on one screen
OFF_FOR = timedelta(hours=2)  # a cancelled session is shown until two hours before it and while it would run


@dataclass(frozen=True)
class Slot:
    """A session on a screen; `was` is when it was to begin, where that is another time."""

    session: PublishedSession
    was: datetime | None = None

    @property
    def late(self) -> int:
        """By how many minutes it begins later."""
        if self.was is None or self.session.cancelled:
            return 0
        return max(int((self.session.starts_at - self.was).total_seconds() // 60), 0)


@dataclass(frozen=True)
class Board:
    """One room at a moment: what runs, what comes, and what is off."""

    room: PublishedRoom | None
    now: Sequence[Slot]
    next: Sequence[Slot]
    off: Sequence[Slot]


def board_of(agenda: Published, room: PublishedRoom | None, was: Mapping[str, Record], at: datetime) -> Board:
    """The board of this room, of all rooms without one. `was` has the first times of today by code."""
    there = [one for one in agenda.all_sessions if room is None or is_in(one, room)]
    today = [one for one in there if agenda.day_of(one) == at.astimezone(agenda.tz).date()]
    held = [one for one in today if not one.cancelled]
    return Board(
        room,
        slots((one for one in held if one.starts_at <= at < one.ends_at), was),
        slots([one for one in held if one.starts_at > at][:NEXT], was),
        slots((one for one in today if one.cancelled and one.starts_at - OFF_FOR <= at < one.ends_at), was),
    )


def is_in(session: PublishedSession, room: PublishedRoom) -> bool:
    return session.room is not None and session.room.code == room.code


def slots(sessions: Iterable[PublishedSession], was: Mapping[str, Record]) -> list[Slot]:
    return [Slot(one, planned(one, was)) for one in sorted(sessions, key=lambda one: (one.starts_at, one.code))]


def planned(session: PublishedSession, was: Mapping[str, Record]) -> datetime | None:
    """When it was to begin, where it begins at another time now."""
    first = was.get(session.code)
    found = datetime.fromisoformat(first["starts_at"]) if first else None
    return found if found != session.starts_at else None
