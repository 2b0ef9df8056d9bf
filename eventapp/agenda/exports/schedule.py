"""The published agenda as conference apps and video teams ask for it (the "schedule" of frab, pentabarf and pretalx).

Times are those of the meeting's zone with their offset. A day ends at six in the morning, as its audience sees it.
"""

import re
import uuid
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.agenda.releases.parts import PublishedRole

SLOT = "00:15"
SUB_ITEMS = "eventapp-sub-items"  # the instruction of an event in XML that holds what is within the session
DAY_CHANGE = timedelta(hours=6)  # what begins before six belongs to the evening before
SHORT_GUID = re.compile(r"[A-Za-z0-9_-]{22}")  # 16 bytes in base 64
HIGHEST_ID = 0x7FFFFFFF  # the programs that read it keep it in 32 bits


@dataclass(frozen=True)
class Attendant:
    """Somebody in a session, for another program."""

    id: int
    guid: str
    name: str


@dataclass(frozen=True)
class Event:
    """A session, for another program. What the meeting does not know is ''."""

    session: PublishedSession
    id: int
    guid: str
    starts_at: datetime
    length: str
    room: str
    slug: str
    url: str
    track: str
    people: tuple[Attendant, ...]

    @property
    def no_recording(self) -> bool:
        """Whether no film may be made: somebody has said so, or the session is not open."""
        return self.session.more.no_recording or self.session.rule != "open"


def days_of(agenda: Published) -> dict[date, list[PublishedSession]]:
    """The sessions of each day, by time; one after midnight is of the evening before."""
    days: dict[date, list[PublishedSession]] = {}
    for session in agenda.sessions:
        days.setdefault((session.starts_at.astimezone(agenda.tz) - DAY_CHANGE).date(), []).append(session)
    return days


def rooms_of(agenda: Published, sessions: list[PublishedSession], base_url: str) -> dict[str, list[Event]]:
    """The events of each room that has some, in the order of rooms; last those without a room, under ''."""
    found: dict[str, list[Event]] = {}
    for room in (*agenda.rooms, None):
        for one in sessions:
            if one.room == room:
                found.setdefault(room.name if room else "", []).append(event_of(agenda, one, base_url))
    return found


def event_of(agenda: Published, session: PublishedSession, base_url: str) -> Event:
    """One session. Its id and guid are those it came with, else they come from its UID, which never changes."""
    return Event(
        session,
        id=number_of(session.more.foreign_id, session.uid),
        guid=guid_of(session.more.guid or session.uid),
        starts_at=session.starts_at.astimezone(agenda.tz),
        length=hours(session.ends_at - session.starts_at),
        room=session.room.name if session.room else "",
        slug=f"{agenda.slug}-{session.code}",
        url="" if session.is_break else f"{base_url}/meetings/{agenda.slug}/sessions/{session.code}",
        track=session.track,
        people=tuple(map(attendant, session.roles)),
    )


def attendant(role: PublishedRole) -> Attendant:
    """Somebody in a part, under the number they came with, else one made of the name and whom they speak for."""
    return Attendant(number_of(role.foreign_id, f"{role.name}\n{role.organization}"), role.guid, role.name)


def number_of(given: str, text: str) -> int:
    """The number that was given where it is one, else one made of the text: the same text is the same number."""
    if given.isascii() and given.isdigit() and 0 < int(given) <= HIGHEST_ID:
        return int(given)
    return zlib.crc32(text.encode()) & HIGHEST_ID or 1


def guid_of(text: str) -> str:
    """The text as it is where it is a GUID, also in the short form of older versions of frab; else one made of it."""
    if SHORT_GUID.fullmatch(text):
        return text
    with suppress(ValueError):
        return text if len(text) == len(str(uuid.UUID(text))) else str(uuid.UUID(text))
    return str(uuid.uuid5(uuid.NAMESPACE_URL, text))


def span_of(agenda: Published, sessions: list[PublishedSession]) -> tuple[str, str]:
    """When the first of these sessions begins and the last one ends."""
    begins, ends = min(one.starts_at for one in sessions), max(one.ends_at for one in sessions)
    return begins.astimezone(agenda.tz).isoformat(), ends.astimezone(agenda.tz).isoformat()


def hours(length: timedelta) -> str:
    """Hours and minutes, as 01:30."""
    minutes = int(length.total_seconds() // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
