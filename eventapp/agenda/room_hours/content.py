"""The days on which a room is not open all day, as `agenda/availability/content.py` has those of people."""

from datetime import date

from eventapp.agenda.availability.content import BUT, FREE, OFF, ONLY, Span, from_rows
from eventapp.ground.text.dates import weekday
from eventapp.ground.text.i18n import _, _l
from eventapp.meetings.models import Meeting, Room
from eventapp.vocabulary.term import terms

STATES = terms(
    (FREE, _l("Open all day")),
    (OFF, _l("Not open")),
    (ONLY, _l("Open only between these times")),
    (BUT, _l("Not open between these times")),
)


def shut_hours(meeting: Meeting, room: Room) -> list[Span]:
    """From when until when this room is not open, in UTC, in order."""
    zone = meeting.tz
    return sorted(one for hours in from_rows(room.hours) for one in hours.away(zone))


def hours_on(room: Room, day: date) -> str:
    """What is said of this room on a day, in the reader's language; "" where it is open all day."""
    found = next((one for one in from_rows(room.hours) if one.day == day.isoformat()), None)
    if found is None:
        return ""
    named = {"starts": found.starts, "ends": found.ends}
    if found.state == OFF:
        return _("Not open this day")
    return _("Open %(starts)s–%(ends)s", **named) if found.state == ONLY else _("Not open %(starts)s–%(ends)s", **named)


def shut_minutes(meeting: Meeting, room: Room) -> list[list[int]]:
    """When it is not open, as `DayHours.minutes` has it, from the first day of the meeting."""
    return [one for hours in from_rows(room.hours) for one in hours.minutes(meeting.starts_on)]


def in_words(room: Room) -> list[str]:
    """The days on which it is not open all day, each in words."""
    days = [date.fromisoformat(one.day) for one in from_rows(room.hours)]
    return [f"{weekday(day)}: {hours_on(room, day)}" for day in days]
