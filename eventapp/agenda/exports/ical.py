"""The published agenda as iCalendar (RFC 5545). The same release is the same bytes: there is no "now" in it.

Times are in UTC: several calendar programs read the rules of another zone wrongly. X-WR-TIMEZONE says where it is.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from eventapp.agenda.releases.content import Published, PublishedSession

REFRESH = timedelta(hours=1)
END = b"END:VCALENDAR"
ILLUSTRATIVE = "Illustrative."  # where the meeting has no sentence of its own for it


class Headed(Protocol):
    """What stands at the head of a calendar: of a published agenda, or of a meeting that has none yet."""

    @property
    def title(self) -> str: ...
    @property
    def zone(self) -> str: ...
    @property
    def illustrative(self) -> str: ...


@dataclass(frozen=True)
class Head:
    """The head of a calendar in the reader's language, before there is an agenda."""

    title: str
    zone: str
    illustrative: str = ""


def calendar(
    agenda: Published,
    base_url: str,
    *,
    sessions: Iterable[PublishedSession] | None = None,
    name: str = "",
    more: Iterable[bytes] = (),
) -> bytes:
    """The sessions, all unless told which, as one calendar; cancelled ones say so. UTF-8, lines end with CRLF.

    `name` is what they have in common, behind the title of the meeting; `more` are events that are written already.
    """
    shown = agenda.all_sessions if sessions is None else sessions
    # one event after the other: 2,500 of them at once take forty megabytes that a worker keeps
    head, end, rest = envelope(agenda, name).partition(END)
    return b"".join([head, *(event(agenda, session, base_url) for session in shown), *more, end, rest])


def calendar_before(head: Headed, events: Iterable[bytes]) -> bytes:
    """The same before an agenda is published: with the events that are written already, and nothing else."""
    first, end, rest = envelope(head).partition(END)
    return b"".join([first, *events, end, rest])


def envelope(agenda: Headed, name: str = "") -> bytes:
    """The calendar without its events."""
    from icalendar import Calendar, vDuration, vText

    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//eventapp//agenda//EN")
    made.add("method", "PUBLISH")
    made.add("calscale", "GREGORIAN")
    made["NAME"] = made["X-WR-CALNAME"] = vText(
        without_controls(": ".join(filter(None, (agenda.title, name))))
    )  # RFC 7986; the library knows neither as text
    made.add("x-wr-timezone", agenda.zone)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made["X-PUBLISHED-TTL"] = vDuration(REFRESH)  # the library would write a name it does not know as 1:00:00
    if agenda.illustrative:
        made.add("description", without_controls(agenda.illustrative))
    return bytes(made.to_ical())


def event(agenda: Published, session: PublishedSession, base_url: str) -> bytes:
    """One session as an event. UID never changes; SEQUENCE rises when time, place or status does."""
    from icalendar import Event

    made = Event()
    made.add("uid", session.uid)
    made.add("dtstamp", session.changed_at)
    made.add("last-modified", session.changed_at)
    made.add("sequence", session.sequence)
    made.add("dtstart", session.starts_at)
    made.add("dtend", session.ends_at)
    made.add("summary", without_controls(session.title if session.is_break else f"{session.code} {session.title}"))
    made.add("status", "CANCELLED" if session.cancelled else "CONFIRMED")
    made.add("location", without_controls(place_of(agenda, session)))
    made.add("categories", [without_controls(session.kind_word)])
    if text := description(agenda, session):
        made.add("description", without_controls(text))
    if not session.is_break:
        made.add("url", f"{base_url}/meetings/{agenda.slug}/sessions/{session.code}")
    made.add("transp", "TRANSPARENT" if session.is_break or session.cancelled else "OPAQUE")
    return bytes(made.to_ical())


def place_of(agenda: Published, session: PublishedSession) -> str:
    """The room and where it is, in one line."""
    room = (session.room.name, session.room.where) if session.room else ()
    return ", ".join(part for part in (*room, agenda.place) if part)


def description(agenda: Published, session: PublishedSession) -> str:
    """What the session is about and who speaks, as lines; last, that it is illustrative. No address is in it.

    A session leaves for a calendar alone, among real ones: each of them says so for itself.
    """
    people = [(role.name, role.position_held, role.organization) for role in session.roles]
    lines = [", ".join(part for part in one if part) for one in people]
    mark = (agenda.illustrative or ILLUSTRATIVE) if session.illustrative else ""
    return "\n".join(part for part in (session.summary, *lines, mark) if part)


def without_controls(text: str) -> str:
    """The text without the control characters no calendar may hold (RFC 5545, 3.1), which the library lets through.

    A tab may stay.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) != "Cc")
