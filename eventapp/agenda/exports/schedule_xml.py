"""The schedule of the published agenda as XML. The same release is the same bytes."""

import json
from xml.etree.ElementTree import Element, ProcessingInstruction, SubElement, indent, tostring

from eventapp.agenda.exports.schedule import SLOT, SUB_ITEMS, Event, days_of, rooms_of, span_of
from eventapp.agenda.models import Release
from eventapp.agenda.releases.content import Published
from eventapp.agenda.sessions.sub_items import rows_of


def schedule_xml(agenda: Published, release: Release, base_url: str) -> bytes:
    """The sessions that take place, by day and room, as UTF-8. A session without a room is in one without a name."""
    schedule, days = Element("schedule"), days_of(agenda)
    SubElement(schedule, "generator", name="eventapp")
    say(schedule, "version", str(release.number))
    schedule.append(conference(agenda, len(days), base_url))
    for number, (day, sessions) in enumerate(days.items(), start=1):
        begins, ends = span_of(agenda, sessions)
        part = SubElement(schedule, "day", index=str(number), date=day.isoformat(), start=begins, end=ends)
        for room, events in rooms_of(agenda, sessions, base_url).items():
            SubElement(part, "room", name=room).extend(map(event_part, events))
    indent(schedule)
    return bytes(tostring(schedule, encoding="utf-8", xml_declaration=True)) + b"\n"


def conference(agenda: Published, days: int, base_url: str) -> Element:
    part = Element("conference")
    say(part, "acronym", agenda.slug)
    say(part, "title", agenda.title)
    say(part, "start", agenda.starts_on.isoformat())
    say(part, "end", agenda.ends_on.isoformat())
    say(part, "days", str(days))
    say(part, "timeslot_duration", SLOT)
    say(part, "base_url", f"{base_url}/meetings/{agenda.slug}/agenda")
    say(part, "time_zone_name", agenda.zone)
    return part


def event_part(one: Event) -> Element:
    """One session."""
    session = one.session
    part = Element("event", id=str(one.id), guid=one.guid)
    say(part, "date", one.starts_at.isoformat())
    say(part, "start", f"{one.starts_at:%H:%M}")
    say(part, "duration", one.length)
    say(part, "room", one.room)
    say(part, "slug", one.slug)
    if one.url:  # a break has no page, and no address is none
        say(part, "url", one.url)
    say(part, "title", session.title)
    say(part, "subtitle", session.more.subtitle)
    say(part, "track", one.track)
    say(part, "type", session.kind_word)
    say(part, "language", session.more.language)  # '' where nobody said which one is spoken
    say(part, "abstract", session.summary)
    say(part, "description", session.more.description)
    recording = SubElement(part, "recording")
    say(recording, "license", session.more.licence)
    say(recording, "optout", "true" if one.no_recording else "false")
    people = SubElement(part, "persons")
    for person in one.people:
        known = {"guid": person.guid} if person.guid else {}
        SubElement(people, "person", {"id": str(person.id), **known}).text = person.name
    links = SubElement(part, "links")
    for address, words in session.more.leads_to:
        SubElement(links, "link", href=address).text = words
    say_within(part, one)
    return part


def say_within(part: Element, one: Event) -> None:
    """Say what is within a session to who reads it as we do: the schema has no place for it. Others pass over it."""
    words = json.dumps(rows_of(one.session.more.sub_items), ensure_ascii=False)
    part.append(ProcessingInstruction(SUB_ITEMS, words.replace("?>", "?\\u003e")))


def say(part: Element, name: str, text: str) -> None:
    SubElement(part, name).text = text
