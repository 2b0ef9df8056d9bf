"""Schedules as frab, pentabarf and pretalx write them in XML, and what those in JSON are read with too."""

from collections.abc import Iterable, Mapping
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
    Unfit,
    checked,
    code_in,
    in_their_role,
    length_of,
    moment_in,
    one_line,
    say_times,
    several_lines,
    without_doubles,
)
from eventapp.agenda.imports.programs.running_order import rows_in, running_order
from eventapp.agenda.sessions.facts import CODE
from eventapp.agenda.sessions.more import LINK, tags_in
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
    inside = {event for room in root.iterfind(".//day//room") for event in room.findall("event")}
    found += [homeless(event, lines[event]) for event in root.iter("event") if event not in inside]
    return ForeignFile("xml", at_most(found))


def from_xml(event: Element, line: int, day: Element, room: Element, about: About) -> Foreign:
    """One event of the XML."""
    content = {part.tag: part.text or "" for part in event}
    starts = begins(
        content.get("date", ""), content.get("start", ""), (day.get("date", ""), day.get("start", "")), about.zone
    )
    one, lasts = Foreign(line, one_line(content.get("title", ""))), one_line(content.get("duration", ""))
    moment = one_line(content.get("date", "")) or one_line(content.get("start", ""))
    say_times(one, starts, length_of(lasts), (moment, lasts))
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
        say_links(one, ((link.get("href", ""), link.text or "") for link in links))
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


def homeless(event: Element, line: int) -> Foreign:
    """An event that is in no room: nobody can tell where and on which day it is."""
    one = Foreign(line, one_line(event.findtext("title", "")))
    one.faults.append(_("It is in no <room> of a <day>. Put it into one, without a name where it has no room."))
    return one


def begins(moment: str, clock: str, day: tuple[str, str], zone: ZoneInfo) -> datetime | None:
    """When an event begins: its moment, else its time on the day, which is its date and the moment it begins.

    Before that it is the next day; so it is before six in the morning where the day begins later, or says nothing.
    """
    if found := moment_in(moment, zone) if "T" in moment or ":" in moment else None:
        return found
    length, first = length_of(clock) if ":" in clock else None, moment_in(day[0], zone)
    if length is None or first is None or length >= timedelta(days=1):
        return None
    opens = moment_in(day[1], zone)
    change = min(DAY_CHANGE, timedelta(hours=opens.hour, minutes=opens.minute)) if opens else DAY_CHANGE
    after = timedelta(days=1) if length < change else timedelta(0)
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


def tags_of(values: Iterable[object]) -> list[str]:
    """Words by which a session is found: each a text, or a thing that has it."""
    words = (one.get("tag") or one.get("name") if isinstance(one, dict) else one for one in values)
    return tags_in("\n".join(one_line(word) for word in words if isinstance(word, str)))


def say_links(one: Foreign, pairs: Iterable[tuple[str, str]], place: str = "") -> None:
    """Say where links of a session lead; a remark is made of each that is no address of the web and is left out.

    `place` is where they stand, if the number of the session does not say it.
    """
    one.links = []
    for address, words in ((address.strip(), one_line(words)) for address, words in pairs):
        line = address if words in ("", address) else f"{address} {words}"
        if " " not in address and LINK.fullmatch(line):
            one.links.append(line)
        elif line.strip():
            text = _(
                "The link “%(words)s” is left out: it is no address of a page on the web.", words=line[:80].strip()
            )
            one.remarks.append(f"{place}: {text}" if place else text)


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
