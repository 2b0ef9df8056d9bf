"""What the programming interface of pretalx, and the widget of its schedule, say of talks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from eventapp.agenda.imports.foreign import (
    Foreign,
    ForeignFile,
    Speaker,
    checked,
    length_of,
    moment_in,
    one_line,
    say_times,
    several_lines,
)
from eventapp.agenda.imports.programs.schedule import at_most, language_in, listed, say_links, tags_of
from eventapp.agenda.sessions.facts import CODE
from eventapp.ground.text.i18n import language

NOT_ACCEPTED = ("submitted", "draft", "deleted")
CALLED_OFF = ("canceled", "withdrawn", "rejected")
LONGEST_CODE = 20


@dataclass(frozen=True)
class Talks:
    """The talks of a file, and what it calls rooms, tracks and people that talks name by a number or a code."""

    talks: Sequence[Mapping[str, object]]
    rooms: Mapping[object, str] = field(default_factory=dict)
    tracks: Mapping[object, str] = field(default_factory=dict)
    people: Mapping[object, str] = field(default_factory=dict)


def talks_in(whole: object) -> Talks | None:
    """The talks of this JSON; None where it is not of pretalx."""
    parts: Mapping[str, object] = whole if isinstance(whole, dict) else {"results": whole}
    talks = listed(parts.get("talks")) or listed(parts.get("results"))
    if not talks or not all(is_talk(one) for one in talks):
        return None
    names = {
        of: {one.get("id", one.get("code")): name_in(one) for one in listed(parts.get(of))}
        for of in ("rooms", "tracks")
    }
    people = {one.get("code"): name_in(one) for one in listed(parts.get("speakers"))}
    return Talks(talks, names["rooms"], names["tracks"], people)


def is_talk(one: Mapping[str, object]) -> bool:
    return "title" in one and "code" in one and bool({"slot", "slots", "start"} & one.keys())


def read(file: Talks, zone: ZoneInfo) -> ForeignFile:
    """Its sessions. A talk that nobody has accepted is left out; one that was called off is said to be."""
    found = list[Foreign]()
    for number, talk in enumerate(file.talks, start=1):
        if talk.get("state") not in NOT_ACCEPTED:
            found += sessions_of(file, talk, number, zone)
    return ForeignFile("pretalx", at_most(found))


def sessions_of(file: Talks, talk: Mapping[str, object], number: int, zone: ZoneInfo) -> Iterator[Foreign]:
    """A session for each time that a talk takes place."""
    slots = listed(talk.get("slots")) or listed([talk.get("slot")]) or [talk]
    code = one_line(talk.get("code"))
    for place, slot in enumerate(slots, start=1):
        one = Foreign(number, name_in(talk.get("title")))
        if place > 1 or not (CODE.fullmatch(code) and len(code) <= LONGEST_CODE):
            one.guid = f"pretalx-{code}-{place}"
        else:
            one.code = code
        starts, ends = (moment_in(one_line(slot.get(name)), zone) for name in ("start", "end"))
        length = ends - starts if starts and ends else length_of(one_line(talk.get("duration")))
        lasts = one_line(slot.get("end")) or one_line(talk.get("duration"))
        say_times(one, starts, length, (one_line(slot.get("start")), lasts))
        one.cancelled = talk.get("state") in CALLED_OFF
        one.room = named(slot.get("room"), file.rooms)
        say(one, talk, file)
        yield checked(one)


def say(one: Foreign, talk: Mapping[str, object], file: Talks) -> None:
    """What a talk says beside its times."""
    one.kind = named(talk.get("submission_type", talk.get("type")), {})
    one.track = named(talk.get("track"), file.tracks) if "track" in talk else None
    for name, key in (("summary", "abstract"), ("description", "description")):
        if key in talk:
            setattr(one, name, several_lines(talk[key] or ""))
    if "content_locale" in talk:
        one.language = language_in(one_line(talk["content_locale"]))
    if "do_not_record" in talk:
        one.no_recording = bool(talk["do_not_record"])
    if "resources" in talk:
        links = listed(talk["resources"])
        say_links(one, ((one_line(link.get("link")), one_line(link.get("description"))) for link in links))
    tags = talk.get("tags")
    if isinstance(tags, list):
        one.tags = tags_of(tags)
    people = talk.get("speakers")
    if isinstance(people, list):
        one.people = [who for who in (speaker_in(who, file.people) for who in people) if who.name]


def speaker_in(who: object, people: Mapping[object, str]) -> Speaker:
    """Somebody by their own words, or by a code that the file explains."""
    if isinstance(who, dict):
        return Speaker(name_in(who), one_line(who.get("code")))
    code = one_line(who)
    return Speaker(people.get(code, ""), code)


def named(value: object, names: Mapping[object, str]) -> str | None:
    """What something is called: by its number in the file, or by itself; None where only a number is known."""
    if isinstance(value, int):
        return names.get(value)
    return name_in(value)


def name_in(value: object) -> str:
    """The name in what is a text, a text in several languages, or a thing with a name."""
    if isinstance(value, dict):
        inner = value.get("name", value.get("title"))
        if inner is not None:
            return name_in(inner)
        texts = [value.get(language()), *value.values()]
        return next((one_line(text) for text in texts if isinstance(text, str) and text), "")
    return one_line(value)
