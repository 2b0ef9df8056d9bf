"""The meeting as one whole-day event, for the letter that says who is coming."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import current_app

from eventapp.meetings.models import Meeting


def meeting_calendar(meeting: Meeting) -> bytes:
    """The meeting as iCalendar (RFC 5545): its days, its place, a UID that never changes. Same meeting, same bytes."""
    from icalendar import Calendar, Event

    base = str(current_app.config["BASE_URL"])
    event = Event()
    event.add("uid", f"meeting-{meeting.slug}@{urlsplit(base).hostname or 'localhost'}")
    event.add("dtstamp", meeting.published_at or meeting.registration_opens_at)
    event.add("dtstart", meeting.starts_on)
    event.add("dtend", meeting.ends_on + timedelta(days=1))  # RFC 5545, 3.6.1: the end is not included
    event.add("summary", meeting.title)
    event.add("location", ", ".join(part for part in (meeting.venue, meeting.address, meeting.city) if part))
    event.add("url", f"{base}/meetings/{meeting.slug}/")
    if meeting.illustrative:
        event.add("description", meeting.illustrative)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//eventapp//registration//EN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
