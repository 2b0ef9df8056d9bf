"""A session as a file of another program has it. What a kind of file cannot say is None, and stays as it is."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from eventapp.agenda.releases.changes import FIELDS
from eventapp.agenda.sessions.more import fault_in_tags
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.policy import clean, fault_in, folded

MOST_SESSIONS, MOST_BYTES, LONGEST = 3000, 10_000_000, timedelta(days=3)
LIMITS: Mapping[str, int] = {"title": 300, "subtitle": 300, "room": 120, "kind": 120, "track": 120, "licence": 120}
TEXTS: Mapping[str, int] = {"summary": 5000, "description": 20_000}
IDS: Mapping[str, int] = {"guid": 120, "uid": 120, "foreign_id": 64, "language": 12}

LABELS = {"room": _l("Room"), "guid": "guid", "uid": "UID", "foreign_id": "id"}  # beside those of changes

ROLES: Mapping[str, str] = {  # words of programmes for the parts that we know
    **dict.fromkeys(("moderator", "host", "facilitator", "session host", "moderation"), "moderator"),
    **dict.fromkeys(("chair", "chairperson", "co-chair", "session chair", "chairman", "chairwoman"), "chair"),
    **dict.fromkeys(("keynote", "keynote speaker"), "keynote"),
    **dict.fromkeys(("panellist", "panelist"), "panellist"),
    "discussant": "discussant",
}
ROLE_BEFORE = re.compile(r"(?P<role>[^:()]+):\s*(?P<name>\S.*)")
ROLE_AFTER = re.compile(r"(?P<name>.*\S)\s*\((?P<role>[^()]+)\)")


class Unfit(Exception):  # noqa: N818 -- the answer to a file, not a failure of ours
    """What is wrong with a whole file, as a sentence that says what to do."""


@dataclass(frozen=True)
class Speaker:
    """Somebody in a session."""

    name: str
    guid: str = ""
    foreign_id: str = ""
    role: str = "speaker"  # a code of the vocabulary


@dataclass
class Foreign:
    """One session of the file. Times are ISO 8601 with their distance from UTC, '' where they cannot be read."""

    number: int
    title: str = ""
    starts_at: str = ""
    ends_at: str = ""
    guid: str = ""
    uid: str = ""
    foreign_id: str = ""
    code: str = ""  # a code that it may have here
    cancelled: bool = False
    place: str = ""  # where it is, in words that begin with the name of the room
    room: str | None = None
    kind: str | None = None
    track: str | None = None
    subtitle: str | None = None
    language: str | None = None
    summary: str | None = None
    description: str | None = None
    licence: str | None = None
    no_recording: bool | None = None
    links: list[str] | None = None
    tags: list[str] | None = None
    people: list[Speaker] | None = None
    sub_items: list[Record] | None = None  # only from a schedule of ours
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # what of it is left out, and why
    has_odd_times: bool = False  # which a fault quotes

    @property
    def content(self) -> Record:
        """The same for a row of the database."""
        return {name: value for name, value in asdict(self).items() if name not in BESIDE}

    @property
    def row(self) -> Record:
        """The same with what is said of it."""
        return self.content | {"unfit": self.faults} | ({"remarks": self.remarks} if self.remarks else {})


BESIDE = ("faults", "remarks", "has_odd_times")  # what is said of it, not by it


@dataclass(frozen=True)
class ForeignFile:
    """What a file says: its form, and its sessions; what says nothing of sessions is left out."""

    form: str
    sessions: tuple[Foreign, ...]
    seats: Mapping[str, int] = field(default_factory=dict)  # of rooms by their names, where it says so


def foreign_from(content: Record) -> Foreign:
    """A session back from a row of the database."""
    people = content.get("people")
    return Foreign(**{**content, "people": None if people is None else [Speaker(**one) for one in people]})


def checked(one: Foreign) -> Foreign:
    """The same session with a sentence for all that cannot be here. Characters that no text may hold are a fault."""
    one.faults += list(faults_of(one))
    return one


def faults_of(one: Foreign) -> Iterator[str]:
    if not one.title:
        yield _("It has no title.")
    yield from faults_of_times(one)
    for limits, lines in ((LIMITS, False), (IDS, False), (TEXTS, True)):
        for name, most in limits.items():
            fault = fault_in(getattr(one, name) or "", most=most, lines=lines)
            if fault:
                yield f"{LABELS.get(name) or FIELDS[name]}: {fault}"
    if fault := fault_in_tags(one.tags or ()):
        yield fault
    for words in (*(one.links or ()), *(one.tags or ()), *(speaker.name for speaker in one.people or ())):
        if fault := fault_in(words, most=500):
            yield f"{words[:40]}: {fault}"


def faults_of_times(one: Foreign) -> Iterator[str]:
    """What is wrong with when it begins and ends, unless what the file says of that was quoted."""
    if one.has_odd_times:
        return
    if not one.starts_at or not one.ends_at:
        yield _("It does not say when it begins and how long it takes, as 2026-03-16T09:00:00+07:00 and 01:30.")
    else:
        length = datetime.fromisoformat(one.ends_at) - datetime.fromisoformat(one.starts_at)
        if length <= timedelta(0):
            yield _("It ends before it begins.")
        elif length > LONGEST:
            yield _("It takes longer than three days.")


def without_doubles(found: Iterable[Foreign]) -> None:
    """Say of each session that has the lasting number of one before it that it is there twice."""
    first = dict[str, int]()
    for one in found:
        name = one.guid or one.uid or one.code or one.foreign_id
        if name and name in first:
            one.faults.append(_("It has the same number as the session at %(number)s of the file.", number=first[name]))
        first.setdefault(name, one.number)


def say_times(one: Foreign, starts: datetime | None, length: timedelta | None, words: tuple[str, str]) -> None:
    """Say when a session begins and ends; what the file says of either and cannot be read is quoted as a fault."""
    one.starts_at, one.ends_at = span(starts, length)
    begins, lasts = (word[:40] for word in words)
    if starts is None and begins:
        sentence = _(
            "“%(words)s” is no time at which it can begin. Write it as 2026-03-16T09:00:00+07:00.", words=begins
        )
        one.faults.append(sentence)
    if length is None and lasts:
        one.faults.append(_("“%(words)s” is not how long it can take. Write it as 01:30.", words=lasts))
    one.has_odd_times = bool(one.faults)


def span(starts: datetime | None, length: timedelta | None) -> tuple[str, str]:
    """When something begins and ends, '' where that is not known."""
    if starts is None or length is None:
        return "", ""
    return starts.isoformat(), (starts + length).isoformat()


def length_of(words: str) -> timedelta | None:
    """How long 01:30, 1:30:00 or 90 are; None where it is no length."""
    parts = words.strip().split(":")
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts) or len(parts) > 3:  # noqa: PLR2004
        return None
    numbers = [int(part) for part in parts]
    if len(numbers) == 1:
        return timedelta(minutes=numbers[0])
    hours, minutes, *seconds = numbers
    return timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))


def moment_in(words: str, zone: ZoneInfo) -> datetime | None:
    """The moment that these words are, in the meeting's zone where they name none; None where they are none."""
    try:
        found = datetime.fromisoformat(words.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def one_line(words: object) -> str:
    """Words of a file on one line."""
    return clean(" ".join(str(words).split())) if isinstance(words, str | int) else ""


def several_lines(words: object) -> str:
    """Words of a file with their lines."""
    lines = str(words).replace("\r\n", "\n").replace("\r", "\n").split("\n") if isinstance(words, str) else []
    return clean("\n".join(line.rstrip() for line in lines))


def in_their_role(words: str, guid: str = "", foreign_id: str = "") -> Speaker:
    """Somebody by words that may say what they are: “Ada Byron (chair)”, “Moderator: Ada Byron”; else a speaker."""
    match = ROLE_BEFORE.fullmatch(words) or ROLE_AFTER.fullmatch(words)
    role = ROLES.get(folded(match["role"]), "") if match else ""
    return Speaker(match["name"], guid, foreign_id, role) if match and role else Speaker(words, guid, foreign_id)


def code_in(slug: str, acronym: str, is_code: Callable[[str], object]) -> str:
    """The short code that a slug ends in, such as S4 of spring-S4; '' where it does not end in one."""
    rest = slug.removeprefix(f"{acronym}-") if acronym else ""
    return rest if rest != slug and len(rest) <= 20 and is_code(rest) else ""  # noqa: PLR2004 -- as long as a code
