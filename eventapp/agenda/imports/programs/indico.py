"""Events as Indico exports them: with their contributions, or as a timetable."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

from eventapp.agenda.imports.foreign import (
    Foreign,
    ForeignFile,
    Speaker,
    Unfit,
    checked,
    moment_in,
    one_line,
    say_times,
    several_lines,
)
from eventapp.agenda.imports.programs.schedule import at_most, listed, say_links, tags_of, zone_named
from eventapp.ground.text.i18n import _
from eventapp.vocabulary.sessions import BREAK

DAY = re.compile(r"\d{8}")
LINE_ENDS, TAG = re.compile(r"<br\s*/?>|</(?:p|div|li|h\d)>"), re.compile(r"<[^>]*>")
MARKUP = re.compile(r"<(?:p|br|div|ul|ol|b|i|a)\b")
LONGEST_MINUTES = 10_000  # a week


@dataclass(frozen=True)
class Event:
    """A meeting of Indico: its number there, and its contributions, those that a session holds with its facts."""

    number: str
    entries: Sequence[Mapping[str, object]]


def event_in(whole: object) -> Event | None:
    """The event that this JSON is; None where it is not of Indico. Raises Unfit where it has several, or no details."""
    parts: Mapping[str, object] = whole if isinstance(whole, dict) else {}
    results = parts.get("results")
    if isinstance(results, dict) and results and all(is_timetable(one) for one in results.values()):
        refuse_several(len(results))
        number, days = next(iter(results.items()))
        return Event(str(number), list(flat(days)))
    found = listed(results)
    if parts.get("_type") != "HTTPAPIResult" and not (found and is_event(found[0])):
        return None
    refuse_several(len(found))
    if not {"contributions", "sessions"} & found[0].keys():
        raise Unfit(_("This export of Indico has no contributions. Export it with detail=contributions."))
    return Event(one_line(found[0].get("id")), [*listed(found[0].get("contributions")), *in_sessions(found[0])])


def refuse_several(many: int) -> None:
    """Raises Unfit where a file has not one event."""
    if many != 1:
        raise Unfit(_("This export of Indico has %(num)s events. Export the one that this meeting is.", num=many))


def is_event(one: Mapping[str, object]) -> bool:
    return one.get("_type") == "Conference"


def is_timetable(one: object) -> bool:
    return isinstance(one, dict) and bool(one) and all(DAY.fullmatch(str(day)) for day in one)


def in_sessions(event: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """The contributions that only sessions list, in the room of the session where they name none."""
    for session in listed(event.get("sessions")):
        for one in listed(session.get("contributions")):
            yield {**one, **inherited(one, session)}


def flat(days: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Every entry of a timetable: what takes place in a session in place of the session, with its room and title."""
    for day in days.values():
        for entry in day.values() if isinstance(day, dict) else ():
            inside = entry.get("entries") if isinstance(entry, dict) else None
            if isinstance(inside, dict) and inside:
                yield from ({**one, **inherited(one, entry)} for one in inside.values() if isinstance(one, dict))
            elif isinstance(entry, dict):
                yield entry


def inherited(one: Mapping[str, object], session: Mapping[str, object]) -> dict[str, object]:
    """What a contribution has of its session where it says nothing itself."""
    found = {name: session[name] for name in ("room", "roomFullname") if session.get(name) and not one.get(name)}
    return found if one.get("session") or one.get("track") else {**found, "session": session.get("title")}


def read(event: Event, zone: ZoneInfo) -> ForeignFile:
    """Its sessions. What a session lists beside the event is there once."""
    entries = dict[str, Mapping[str, object]]()
    for entry in event.entries:
        entries.setdefault(name_of(entry), entry)
    places = enumerate(entries.items(), start=1)
    return ForeignFile("indico", at_most([session_of(event, name, one, at, zone) for at, (name, one) in places]))


def name_of(one: Mapping[str, object]) -> str:
    """What an entry is in its event: c7 for a contribution, s4 or b2 for a session or a break."""
    kind = {"Session": "s", "Break": "b"}.get(one_line(one.get("entryType")), "c")
    numbers = (one_line(one.get(key)) for key in ("friendly_id", "friendlyId", "contributionId", "sessionSlotId", "id"))
    number = next((number for number in numbers if number), "")
    return f"{kind}{number.lstrip('csb')}"


def session_of(event: Event, name: str, entry: Mapping[str, object], place: int, zone: ZoneInfo) -> Foreign:
    """One entry."""
    titles = (one_line(entry.get(key)) for key in ("slotTitle", "title"))
    one = Foreign(place, ": ".join(dict.fromkeys(title for title in reversed(list(titles)) if title)))
    starts, ends = (moment_of(entry.get(key), zone) for key in ("startDate", "endDate"))
    minutes = entry.get("duration")
    is_length = isinstance(minutes, int) and 0 < minutes < LONGEST_MINUTES
    length = timedelta(minutes=minutes) if isinstance(minutes, int) and is_length else None
    length = ends - starts if starts and ends else length
    lasts = words_of(entry.get("endDate")) or one_line(minutes)
    say_times(one, starts, length, (words_of(entry.get("startDate")), lasts))
    one.guid, one.foreign_id = f"indico-{event.number}-{name}", name[1:] if name.startswith("c") else ""
    one.room = one_line(entry.get("roomFullname")) or one_line(entry.get("room"))
    one.kind = BREAK if name.startswith("b") else one_line(entry.get("type")) or None
    one.track = one_line(entry.get("track")) or one_line(entry.get("session"))
    one.summary = plain(entry.get("description"))
    if entry.get("url"):
        say_links(one, [(one_line(entry["url"]), "")])
    keywords = entry.get("keywords")
    if isinstance(keywords, list):
        one.tags = tags_of(keywords)
    speak = next((listed(entry[key]) for key in ("speakers", "presenters") if entry.get(key)), [])
    lead = [replace(speaker_in(who), role="moderator") for who in listed(entry.get("conveners"))]
    people = [*map(speaker_in, speak), *lead]  # who convenes and speaks, convenes
    one.people = list({who.name: who for who in people if who.name}.values())
    return checked(one)


def moment_of(value: object, zone: ZoneInfo) -> datetime | None:
    """A moment that has its date, its time and its zone apart."""
    if not isinstance(value, dict):
        return None
    words = f"{one_line(value.get('date'))}T{one_line(value.get('time'))}"
    return moment_in(words, zone_named(one_line(value.get("tz")), zone))


def words_of(value: object) -> str:
    """A moment as the file has it."""
    parts = [one_line(value.get(name)) for name in ("date", "time")] if isinstance(value, dict) else [one_line(value)]
    return " ".join(part for part in parts if part)


def speaker_in(who: Mapping[str, object]) -> Speaker:
    """Somebody by the names in their order; never by what is made of an address."""
    given = one_line(who.get("first_name")) or one_line(who.get("firstName"))
    family = one_line(who.get("last_name")) or one_line(who.get("familyName"))
    name = f"{given} {family}".strip() or one_line(who.get("name")) or one_line(who.get("fullName"))
    return Speaker(name, "", one_line(who.get("person_id")) or one_line(who.get("db_id")))


def plain(words: object) -> str:
    """A text of Indico, which may be a page, without its marks."""
    if not isinstance(words, str) or not MARKUP.search(words):
        return several_lines(words or "")
    return several_lines(unescape(TAG.sub("", LINE_ENDS.sub("\n", words))))
