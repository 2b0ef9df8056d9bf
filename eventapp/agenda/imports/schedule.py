"""Schedules as frab, pentabarf and pretalx write them: XML and JSON."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from eventapp.agenda.exports.schedule import DAY_CHANGE, SUB_ITEMS
from eventapp.agenda.imports.foreign import (
    MOST_SESSIONS,
    Foreign,
    ForeignFile,
    Speaker,
    Unfit,
    checked,
    code_in,
    in_their_role,
    length_of,
    moment_in,
    one_line,
    several_lines,
    span,
    without_doubles,
)
from eventapp.agenda.imports.running_order import rows_in, running_order
from eventapp.agenda.sessions.facts import CODE
from eventapp.agenda.sessions.more import LINK
from eventapp.ground.text.i18n import _

DEEPEST = 50


@dataclass(frozen=True)
class About:
    """The meeting that a schedule is of: how its slugs begin, and in which zone times are that name none."""

    acronym: str
    zone: ZoneInfo


def read_xml(content: bytes, zone: ZoneInfo) -> ForeignFile:
    """The sessions of a schedule in XML. Raises Unfit, with the line, where it is none, or declares entities."""
    root, lines, within = tree_of(content)
    if root.tag != "schedule":
        raise Unfit(_("This XML is no schedule: it begins with <%(name)s>.", name=root.tag[:40]))
    conference = root.find("conference")
    named = (conference.findtext(tag, "") if conference is not None else "" for tag in ("acronym", "time_zone_name"))
    about = About(next(named), zone_named(next(named), zone))
    found = list[Foreign]()
    for day in root.iter("day"):
        for room in day.iter("room"):
            for event in room.findall("event"):
                one = from_xml(event, lines[event], day, room, about)
                if event in within:
                    say_within(one, rows_in(within[event]))
                found.append(checked(one))
    return ForeignFile("xml", at_most(found))


def from_xml(event: Element, line: int, day: Element, room: Element, about: About) -> Foreign:
    """One event of the XML."""
    content = {part.tag: part.text or "" for part in event}
    starts = begins(content.get("date", ""), content.get("start", ""), day.get("date", ""), about.zone)
    starts_at, ends_at = span(starts, length_of(content.get("duration", "")))
    one = Foreign(line, one_line(content.get("title", "")), starts_at, ends_at)
    one.guid, one.foreign_id = event.get("guid", "").strip(), event.get("id", "").strip()
    one.code = code_in(one_line(content.get("slug", "")), about.acronym, CODE.fullmatch)
    one.room = one_line(content.get("room") or room.get("name") or "")
    words = {"kind": "type", "track": "track", "subtitle": "subtitle"}
    texts = {"summary": "abstract", "description": "description"}
    say(one, {name: content[tag] for name, tag in words.items() if tag in content})
    say_texts(one, {name: content[tag] for name, tag in texts.items() if tag in content})
    one.language = language_in(content["language"]) if "language" in content else None
    if (recording := event.find("recording")) is not None:
        one.licence = one_line(recording.findtext("license", ""))
        one.no_recording = recording.findtext("optout", "").strip().lower() in ("true", "1")
    if (links := event.find("links")) is not None:
        one.links = links_in((link.get("href", ""), link.text or "") for link in links)
    if (people := event.find("persons")) is not None:
        one.people = [
            in_their_role(one_line(who.text or ""), who.get("guid", "").strip(), who.get("id", "").strip())
            for who in people
        ]
        one.people = [who for who in one.people if who.name]
    return one


def tree_of(content: bytes) -> tuple[Element, dict[Element, int], dict[Element, str]]:
    """The XML, the line on which each of its parts begins, and the instructions to us within parts. Raises Unfit."""
    builder, lines, parser = TreeBuilder(), dict[Element, int](), expat.ParserCreate()
    opened, within = list[Element](), dict[Element, str]()

    def starts(tag: str, attributes: dict[str, str]) -> None:
        if len(opened) >= DEEPEST:
            raise Unfit(_("This XML is no schedule: its parts stand inside each other without end."))
        opened.append(builder.start(tag, attributes))
        lines[opened[-1]] = parser.CurrentLineNumber

    def ends(tag: str) -> None:
        opened.pop()
        builder.end(tag)

    def instructs(target: str, words: str) -> None:
        if opened and target == SUB_ITEMS:
            within[opened[-1]] = words

    def declares(*_declared: object) -> NoReturn:
        raise Unfit(_("This XML declares entities or a document type, which a schedule does not need. It is not read."))

    parser.StartElementHandler, parser.EndElementHandler = starts, ends
    parser.CharacterDataHandler, parser.ProcessingInstructionHandler = builder.data, instructs
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declares
    try:
        parser.Parse(content, True)  # noqa: FBT003 -- how expat is told that this is all
    except expat.ExpatError as fault:
        raise Unfit(_("Line %(line)s: this is not sound XML (%(what)s).", line=fault.lineno, what=fault)) from None
    return builder.close(), lines, within


def read_schedule(whole: Mapping[str, object], zone: ZoneInfo) -> ForeignFile:
    """The sessions of a schedule in JSON. Raises Unfit where it is none."""
    conference = part(part(whole, "schedule"), "conference")
    days = listed(conference.get("days"))
    if not days:
        raise Unfit(_("This JSON is no schedule: it has no “schedule” with a “conference” and its “days”."))
    about = About(one_line(conference.get("acronym")), zone_named(one_line(conference.get("time_zone_name")), zone))
    found = list[Foreign]()
    for day in days:
        for room, events in part(day, "rooms").items():
            for event in listed(events):
                found.append(checked(from_json(event, len(found) + 1, day, str(room), about)))
    return ForeignFile("json", at_most(found), dict(seats_in(conference)))


def from_json(event: Mapping[str, object], number: int, day: Mapping[str, object], room: str, about: About) -> Foreign:
    """One event of the JSON."""
    named = {name: one_line(event.get(name)) for name in ("date", "start", "duration", "title", "slug", "code")}
    starts = begins(named["date"], named["start"], one_line(day.get("date")), about.zone)
    starts_at, ends_at = span(starts, length_of(named["duration"]))
    one = Foreign(number, named["title"], starts_at, ends_at)
    one.guid, one.foreign_id = one_line(event.get("guid")), one_line(event.get("id"))
    own = named["code"] if CODE.fullmatch(named["code"]) and len(named["code"]) <= 20 else ""  # noqa: PLR2004
    one.code = own or code_in(named["slug"], about.acronym, CODE.fullmatch)
    one.room = one_line(event.get("room")) or one_line(room)
    words = {"kind": "type", "track": "track", "subtitle": "subtitle", "licence": "recording_license"}
    texts = {"summary": "abstract", "description": "description"}
    say(one, {name: event[key] or "" for name, key in words.items() if key in event})
    say_texts(one, {name: event[key] or "" for name, key in texts.items() if key in event})
    one.language = language_in(one_line(event["language"])) if "language" in event else None
    if "do_not_record" in event:
        one.no_recording = bool(event["do_not_record"])
    if "links" in event:
        links = listed(event["links"])
        one.links = links_in((one_line(link.get("url")), one_line(link.get("title"))) for link in links)
    if "persons" in event:
        one.people = [who for who in map(speaker_in, listed(event["persons"])) if who.name]
    if "sub_items" in event:
        say_within(one, event["sub_items"])
    return one


def speaker_in(who: Mapping[str, object]) -> Speaker:
    names = (one_line(who.get(key)) for key in ("public_name", "full_public_name", "name"))
    guid = one_line(who.get("guid")) or one_line(who.get("code"))
    return in_their_role(next((name for name in names if name), ""), guid, one_line(who.get("id")))


def begins(moment: str, clock: str, day: str, zone: ZoneInfo) -> datetime | None:
    """When an event begins: its moment, else its time on the day; before six in the morning that is the next day."""
    if found := moment_in(moment, zone) if "T" in moment or ":" in moment else None:
        return found
    length, first = length_of(clock) if ":" in clock else None, moment_in(day, zone)
    if length is None or first is None or length >= timedelta(days=1):
        return None
    after = timedelta(days=1) if length < DAY_CHANGE else timedelta(0)
    midnight = datetime.combine(first.date() + after, time(0))
    return (midnight + length).replace(tzinfo=zone)


def zone_named(name: str, otherwise: ZoneInfo) -> ZoneInfo:
    """The zone of this name; the other one where there is none."""
    try:
        return ZoneInfo(name) if name else otherwise
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return otherwise


def say(one: Foreign, words: Mapping[str, object]) -> None:
    for name, value in words.items():
        setattr(one, name, one_line(value))


def say_texts(one: Foreign, texts: Mapping[str, object]) -> None:
    for name, value in texts.items():
        setattr(one, name, several_lines(value))


def say_within(one: Foreign, rows: object) -> None:
    """Say what is within a session, or what is wrong with that."""
    one.sub_items, faults = running_order(rows, {who.name for who in one.people or ()})
    one.faults += faults


def language_in(words: str) -> str:
    """A language as a code of ours: de for de-formal or de_DE."""
    return words.strip().replace("_", "-").partition("-")[0].lower()


def links_in(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Links as a session has them; what is no address of the web is left out."""
    cleaned = [(address.strip(), one_line(words)) for address, words in pairs]
    lines = [
        address if words in ("", address) else f"{address} {words}" for address, words in cleaned if " " not in address
    ]
    return [line for line in lines if LINK.fullmatch(line)]


def seats_in(conference: Mapping[str, object]) -> Iterator[tuple[str, int]]:
    for room in listed(conference.get("rooms")):
        name, seats = one_line(room.get("name")), room.get("capacity")
        if name and isinstance(seats, int) and 0 < seats < 1_000_000:  # noqa: PLR2004 -- no room has more
            yield name, seats


def part(whole: object, name: str) -> Mapping[str, object]:
    """The object of this name, an empty one where there is none."""
    found = whole.get(name) if isinstance(whole, dict) else None
    return found if isinstance(found, dict) else {}


def listed(value: object) -> list[Mapping[str, object]]:
    """The objects of a list, nothing where it is none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def at_most(found: list[Foreign]) -> tuple[Foreign, ...]:
    """All of them. Raises Unfit where there are none, or too many."""
    if not found:
        raise Unfit(_("There is no session in this file."))
    if len(found) > MOST_SESSIONS:
        raise Unfit(_("This file has more than %(most)s sessions. Divide it.", most=f"{MOST_SESSIONS:,}"))
    without_doubles(found)
    return tuple(found)
