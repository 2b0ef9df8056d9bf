"""Schedules in JSON, as frab and pretalx write them."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from eventapp.agenda.imports.foreign import (
    Foreign,
    ForeignFile,
    Speaker,
    Unfit,
    checked,
    code_in,
    in_their_role,
    length_of,
    one_line,
    say_times,
)
from eventapp.agenda.imports.programs.schedule import (
    About,
    at_most,
    begins,
    language_in,
    listed,
    say,
    say_links,
    say_texts,
    say_within,
    tags_of,
    zone_named,
)
from eventapp.agenda.sessions.facts import CODE
from eventapp.ground.text.i18n import _


def read_schedule(whole: Mapping[str, object], zone: ZoneInfo) -> ForeignFile:
    """The sessions of a schedule in JSON. Raises Unfit where it is none."""
    conference = part(part(whole, "schedule"), "conference")
    days = listed(conference.get("days"))
    if not days:
        raise Unfit(_("This JSON is no schedule: it has no “schedule” with a “conference” and its “days”."))
    about = About(one_line(conference.get("acronym")), zone_named(one_line(conference.get("time_zone_name")), zone))
    found = list[Foreign]()
    for place, day in enumerate(days):
        for room, events in part(day, "rooms").items():
            path = f"schedule.conference.days[{place}].rooms.{str(room)[:60]}"
            for at, event in enumerate(events if isinstance(events, list) else [events]):
                found.append(located(event, len(found) + 1, day, str(room), about, path=f"{path}[{at}]"))
    return ForeignFile("json", at_most(found), dict(seats_in(conference)))


def located(event: object, number: int, day: Mapping[str, object], room: str, about: About, *, path: str) -> Foreign:
    """One event of the JSON; where something is wrong with it, with its path in the file."""
    if isinstance(event, dict):
        one = checked(from_json(event, number, day, room, about))
    else:
        one = Foreign(number)
        one.faults.append(_("This is no session. Write an object that has a “title”, a “date” and a “duration”."))
    if one.faults:
        one.faults.append(_("In the file it is at %(path)s.", path=path))
    return one


def from_json(event: Mapping[str, object], number: int, day: Mapping[str, object], room: str, about: About) -> Foreign:
    """One event of the JSON."""
    named = {name: one_line(event.get(name)) for name in ("date", "start", "duration", "title", "slug", "code")}
    starts = begins(
        named["date"], named["start"], (one_line(day.get("date")), one_line(day.get("day_start"))), about.zone
    )
    one = Foreign(number, named["title"])
    say_times(one, starts, length_of(named["duration"]), (named["date"] or named["start"], named["duration"]))
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
    tags = event.get("tags")
    if isinstance(tags, list):  # of ours and of pretalx; others have none
        one.tags = tags_of(tags)
    if "links" in event:
        links = listed(event["links"])
        say_links(one, ((one_line(link.get("url")), one_line(link.get("title"))) for link in links))
    if "persons" in event:
        one.people = [who for who in map(speaker_in, listed(event["persons"])) if who.name]
    if "sub_items" in event:
        say_within(one, event["sub_items"])
    return one


def speaker_in(who: Mapping[str, object]) -> Speaker:
    names = (one_line(who.get(key)) for key in ("public_name", "full_public_name", "name"))
    guid = one_line(who.get("guid")) or one_line(who.get("code"))
    return in_their_role(next((name for name in names if name), ""), guid, one_line(who.get("id")))


def seats_in(conference: Mapping[str, object]) -> Iterator[tuple[str, int]]:
    for room in listed(conference.get("rooms")):
        name, seats = one_line(room.get("name")), room.get("capacity")
        if name and isinstance(seats, int) and 0 < seats < 1_000_000:  # noqa: PLR2004 -- no room has more
            yield name, seats


def part(whole: object, name: str) -> Mapping[str, object]:
    """The object of this name, an empty one where there is none."""
    found = whole.get(name) if isinstance(whole, dict) else None
    return found if isinstance(found, dict) else {}
