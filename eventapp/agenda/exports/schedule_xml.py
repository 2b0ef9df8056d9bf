"""The published agenda as the XML that conference apps and video teams read (the "schedule" of frab and pentabarf).

Times are those of the meeting's zone with their offset. The same release is the same bytes.
"""

import uuid
import zlib
from datetime import date, timedelta
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from eventapp.agenda.models import Release
from eventapp.agenda.releases.content import Published, PublishedSession

SLOT = "00:15"
HIGHEST_ID = 0x7FFFFFFF  # the programs that read it keep it in 32 bits


def schedule_xml(agenda: Published, release: Release, base_url: str) -> bytes:
    """The sessions that take place, by day and room, as UTF-8. A session without a room is in one without a name."""
    schedule = Element("schedule")
    SubElement(schedule, "generator", name="eventapp")
    say(schedule, "version", str(release.number))
    schedule.append(conference(agenda, base_url))
    for number, (day, sessions) in enumerate(agenda.days.items(), start=1):
        schedule.append(day_part(agenda, number, day, sessions, base_url))
    indent(schedule)
    return bytes(tostring(schedule, encoding="utf-8", xml_declaration=True)) + b"\n"


def conference(agenda: Published, base_url: str) -> Element:
    part = Element("conference")
    say(part, "acronym", agenda.slug)
    say(part, "title", agenda.title)
    say(part, "venue", agenda.place)
    say(part, "start", agenda.starts_on.isoformat())
    say(part, "end", agenda.ends_on.isoformat())
    say(part, "days", str(len(agenda.days)))
    say(part, "timeslot_duration", SLOT)
    say(part, "base_url", f"{base_url}/meetings/{agenda.slug}/agenda")
    say(part, "time_zone_name", agenda.zone)
    return part


def day_part(agenda: Published, number: int, day: date, sessions: list[PublishedSession], base_url: str) -> Element:
    """One day with its rooms in their order, each with its sessions by time."""
    begins, ends = min(one.starts_at for one in sessions), max(one.ends_at for one in sessions)
    part = Element("day", index=str(number), date=day.isoformat())
    part.set("start", begins.astimezone(agenda.tz).isoformat())
    part.set("end", ends.astimezone(agenda.tz).isoformat())
    for room in (*agenda.rooms, None):
        here = [one for one in sessions if one.room == room]
        if here:
            place = SubElement(part, "room", name=room.name if room else "")
            place.extend(event(agenda, one, base_url) for one in here)
    return part


def event(agenda: Published, session: PublishedSession, base_url: str) -> Element:
    """One session. Its id and guid come from its UID, which never changes."""
    starts_at = session.starts_at.astimezone(agenda.tz)
    guid = uuid.uuid5(uuid.NAMESPACE_URL, session.uid)
    part = Element("event", id=number_of(session.uid), guid=str(guid))
    say(part, "date", starts_at.isoformat())
    say(part, "start", f"{starts_at:%H:%M}")
    say(part, "duration", hours(session.ends_at - session.starts_at))
    say(part, "room", session.room.name if session.room else "")
    say(part, "slug", f"{agenda.slug}-{session.code}")
    say(part, "url", "" if session.is_break else f"{base_url}/meetings/{agenda.slug}/sessions/{session.code}")
    say(part, "title", session.title)
    say(part, "subtitle", "")
    say(part, "track", session.body)
    say(part, "type", session.kind_word)
    say(part, "language", session.interpretation[0] if session.interpretation else "")
    say(part, "abstract", session.summary)
    say(part, "description", "")
    people = SubElement(part, "persons")
    for role in session.roles:
        one = SubElement(people, "person", id=number_of(f"{role.name}\n{role.organization}"))
        one.text = role.name
    SubElement(part, "links")
    return part


def say(part: Element, name: str, text: str) -> None:
    SubElement(part, name).text = text


def number_of(text: str) -> str:
    """The same text is always the same number."""
    return str(zlib.crc32(text.encode()) & HIGHEST_ID)


def hours(length: timedelta) -> str:
    """Hours and minutes, as 01:30."""
    minutes = int(length.total_seconds() // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
