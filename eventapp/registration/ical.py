"""The meeting as one whole-day event, for the letter that says who is coming."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import current_app

from eventapp.ground.text.worded import text_in
from eventapp.meetings.models import Meeting


class Facts(NamedTuple):
    """What the event says."""

    base: str
    slug: str
    stamp: datetime
    starts_on: date
    ends_on: date
    title: str
    place: str
    remark: str


def meeting_calendar(meeting: Meeting, tongue: str) -> bytes:
    """The meeting as iCalendar (RFC 5545): its days, its place, a UID that never changes. Same meeting, same bytes.

    Its texts are in this language where they are there.
    """
    title, illustrative, *place = (
        text_in(meeting, name, tongue)[0] for name in ("title", "illustrative", "venue", "address", "city")
    )
    return written(
        Facts(
            str(current_app.config["BASE_URL"]),
            meeting.slug,
            meeting.published_at or meeting.registration_opens_at,
            meeting.starts_on,
            meeting.ends_on,
            title,
            ", ".join(part for part in place if part),
            illustrative or "",
        )
    )


@lru_cache(maxsize=64)
def written(meeting: Facts) -> bytes:
    """The same, from the facts alone: it goes to everybody who comes, and is written once."""
    from icalendar import Calendar, Event

    event = Event()
    event.add("uid", f"meeting-{meeting.slug}@{urlsplit(meeting.base).hostname or 'localhost'}")
    event.add("dtstamp", meeting.stamp)
    event.add("dtstart", meeting.starts_on)
    event.add("dtend", meeting.ends_on + timedelta(days=1))  # RFC 5545, 3.6.1: the end is not included
    event.add("summary", meeting.title)
    event.add("location", meeting.place)
    event.add("url", f"{meeting.base}/meetings/{meeting.slug}/")
    if meeting.remark:
        event.add("description", meeting.remark)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//eventapp//registration//EN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
