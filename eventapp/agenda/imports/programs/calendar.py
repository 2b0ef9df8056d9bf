"""Calendars: iCalendar, as any calendar program writes it."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from eventapp.agenda.imports.foreign import (
    MOST_SESSIONS,
    Foreign,
    ForeignFile,
    Unfit,
    checked,
    one_line,
    say_times,
    several_lines,
)
from eventapp.agenda.imports.programs.schedule import at_most
from eventapp.ground.text.i18n import _

OURS = "eventapp//agenda"
BEGINS, BEGIN = b"BEGIN:VCALENDAR", "BEGIN:VEVENT"


class Component(Protocol):
    """An event of the library's."""

    def get(self, key: str, /) -> object: ...
    def decoded(self, name: str, /) -> object: ...


def read_ics(content: bytes, zone: ZoneInfo) -> ForeignFile:
    """The events of a calendar. Raises Unfit where it is none, or has too many; one that repeats has a fault."""
    from icalendar import Calendar

    text = text_in(content)
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if line.strip().upper() == BEGIN]
    if len(lines) > MOST_SESSIONS:
        raise Unfit(_("This file has more than %(most)s sessions. Divide it.", most=f"{MOST_SESSIONS:,}"))
    try:
        whole = Calendar.from_ical(text)
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as fault:
        raise Unfit(_("This calendar cannot be read: %(what)s.", what=one_line(str(fault))[:200])) from None
    is_ours = OURS in str(whole.get("prodid") or "")
    events = zip(whole.walk("VEVENT"), lines, strict=False)
    return ForeignFile("ics", at_most([checked(event_of(one, line, zone, is_ours=is_ours)) for one, line in events]))


def event_of(event: Component, line: int, zone: ZoneInfo, *, is_ours: bool) -> Foreign:
    """One event. In a calendar of ours, people and place stand in its texts; they are not read back from there."""
    starts, ends = moment(event, "dtstart", zone), moment(event, "dtend", zone)
    if starts and ends is None and isinstance(length := decoded(event, "duration"), timedelta):
        ends = starts + length
    one = Foreign(line, one_line(text(event, "summary")))
    lasts = unread(event, "dtend") or unread(event, "duration")
    say_times(one, starts, ends - starts if starts and ends else None, (unread(event, "dtstart"), lasts))
    one.uid, one.cancelled = text(event, "uid").strip(), text(event, "status").upper() == "CANCELLED"
    one.kind = kind_in(event)
    if is_ours:
        one.place, one.code = one_line(text(event, "location")), text(event, "url").rpartition("/sessions/")[2]
        one.title = one.title.removeprefix(f"{one.code} ")
    else:
        one.room, one.summary = one_line(text(event, "location")), several_lines(text(event, "description"))
    if event.get("rrule") or event.get("rdate"):
        one.faults.append(_("This event repeats. Write each session as an event of its own."))
    elif isinstance(decoded(event, "dtstart"), date) and starts is None:
        one.faults.append(_("This event is for a whole day. Write when it begins and ends."))
        one.has_odd_times = True
    return one


def moment(event: Component, name: str, zone: ZoneInfo) -> datetime | None:
    """A moment of the event; one without a zone is in the meeting's, and a day is none."""
    found = decoded(event, name)
    if not isinstance(found, datetime):
        return None
    with suppress(OverflowError, ValueError):
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    return None


def decoded(event: Component, name: str) -> object:
    """A value of the event as Python has it, None where it is not there or broken."""
    with suppress(KeyError, ValueError, TypeError, AttributeError):
        return event.decoded(name)
    return None


def unread(event: Component, name: str) -> str:
    """A value of the event that cannot be read, as the file has it; "" where it can, or is not there."""
    return "" if isinstance(decoded(event, name), date | timedelta) else one_line(text(event, name))


def text(event: Component, name: str) -> str:
    found = event.get(name)
    return "" if found is None else str(found)


def kind_in(event: Component) -> str | None:
    """The first of the categories; None where there is none."""
    found = event.get("categories")
    first = found[0] if isinstance(found, list) and found else found
    cats = getattr(first, "cats", None)
    return one_line(str(cats[0])) if cats else None


def text_in(content: bytes) -> str:
    """The text of a calendar. Raises Unfit where it is none."""
    try:
        words = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit(_("This calendar is not in UTF-8.")) from None
    return words
