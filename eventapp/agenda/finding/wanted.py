"""Which sessions of a published agenda a reader asks for. A page without a script asks by its address alone."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.ground.text.dates import day as in_words
from eventapp.ground.text.policy import search_key, writable
from eventapp.ground.text.worded import worded

SMALL = 400  # sessions; a larger agenda shows one day, and the other days where they are opened
Days = Mapping[date, list[PublishedSession]]
LONGEST = 200  # characters that are looked for


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; '' where it does not."""

    q: str = ""
    day: str = ""
    room: str = ""
    kind: str = ""
    track: str = ""
    person: str = ""
    language: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows the agenda."""
        return not any(asdict(self).values())

    @property
    def is_day_alone(self) -> bool:
        """Whether a day is asked for and nothing else."""
        return bool(self.day) and self == Wanted(day=self.day)

    @property
    def is_words_alone(self) -> bool:
        """Whether no filter narrows it."""
        return self == Wanted(q=self.q)


@dataclass(frozen=True)
class Choices:
    """What the filters offer: each a code, what it is called, and how many sessions it has."""

    days: list[tuple[str, str, int]]
    kinds: list[tuple[str, str, int]]
    tracks: list[tuple[str, str, int]]
    rooms: list[tuple[str, str, int]]
    languages: list[tuple[str, str, int]]


def choices_of(agenda: Published, language_name: Callable[[str], str]) -> Choices:
    """What there is to choose from in this agenda, in the reader's language."""
    kinds = Counter(one.kind for one in agenda.sessions)
    rooms = Counter(one.room.code for one in agenda.sessions if one.room)
    tracks = Counter(one.track for one in agenda.sessions if one.track)
    called = {one.track: one.more.track or worded(one, "body") for one in agenda.sessions}
    spoken = Counter(code for one in agenda.sessions for code in one.heard_in)
    return Choices(
        [(day.isoformat(), in_words(day), len(sessions)) for day, sessions in agenda.days.items()],
        [(one.code, one.label, kinds[one.code]) for one in agenda.kinds],
        sorted(((track, called[track], count) for track, count in tracks.items()), key=lambda one: one[1].casefold()),
        [(one.code, worded(one, "name"), rooms[one.code]) for one in agenda.rooms if one.code in rooms],
        sorted(((code, language_name(code), count) for code, count in spoken.items()), key=lambda one: one[1]),
    )


def is_large(agenda: Published) -> bool:
    """Whether days are shown only as they are opened."""
    return len(agenda.sessions) > SMALL


def wanted_in(address: Mapping[str, str]) -> Wanted:
    """What the query of an address asks for, each no longer than makes sense."""
    names = {name: name for name in ("q", "day", "room", "kind", "track", "person")} | {"spoken": "language"}
    return Wanted(**{name: writable(address.get(key, "").strip()[:LONGEST]) for key, name in names.items()})


def days_found(agenda: Published, wanted: Wanted) -> Days:
    """The sessions that are asked for, by day; of a large agenda without any wish those of its first day."""
    if wanted.is_everything and is_large(agenda):
        first = next(iter(agenda.days))
        return {first: agenda.days[first]}
    words, person = search_key(wanted.q).split(), search_key(wanted.person)
    found = {
        day: [
            one
            for one in sessions
            if is_wanted(one, wanted)
            and has_person(one, person)
            and (not words or all(word in agenda.search_texts[one.code] for word in words))
        ]
        for day, sessions in agenda.days.items()
        if wanted.day in ("", day.isoformat())
    }
    return {day: sessions for day, sessions in found.items() if sessions}


def is_wanted(session: PublishedSession, wanted: Wanted) -> bool:
    room = session.room.code if session.room else ""
    return (
        wanted.room in ("", room)
        and wanted.kind in ("", session.kind)
        and wanted.track in ("", session.track)
        and (not wanted.language or wanted.language in session.heard_in)
    )


def has_person(session: PublishedSession, person: str) -> bool:
    return not person or any(person in search_key(role.name, role.name_own) for role in session.roles)
