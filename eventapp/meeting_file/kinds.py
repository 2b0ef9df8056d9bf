"""What one value of a meeting file may be: how it is read from YAML, and how it is written back."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo, available_timezones

from eventapp.ground.exact import Dataclass
from eventapp.ground.text.policy import clean, fault_in, folded
from eventapp.meetings.local_time import NotAMoment, typed_moment, words_of
from eventapp.people.addresses import address_of, fault_in_address
from eventapp.vocabulary.countries import all_countries

SHOWN = 60  # characters of what a file says, in the answer to it
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
COLOUR = re.compile(r"#[0-9a-f]{6}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
EXAMPLE = "THA"
LINK = re.compile(r"https?://\S+")


class Wrong(Exception):  # noqa: N818 -- it becomes a line of the answer, not a failure
    """What is wrong with a value, as a sentence that says what to write."""


class Kind(Protocol):
    """One kind of value."""

    def read(self, words: str, zone: ZoneInfo) -> object:
        """Return the value these words stand for; raises Wrong."""

    def write(self, value: Any, zone: ZoneInfo) -> object:  # each kind takes its own
        """Return what YAML prints for the value."""


@dataclass(frozen=True)
class Words:
    """A line of text, or several; `shaped` checks a form that has a name."""

    most: int = 200
    lines: bool = False
    pattern: re.Pattern[str] | None = None
    example: str = ""

    def read(self, words: str, zone: ZoneInfo) -> str:
        value = clean(words)
        fault = fault_in(value, most=self.most, lines=self.lines)
        if fault:
            raise Wrong(fault)
        if self.pattern and not self.pattern.fullmatch(value):
            raise Wrong(f"Write it like {self.example}; it says “{_cut(value)}”.")
        return value

    def write(self, value: str, zone: ZoneInfo) -> object:
        return value


class CountryCode:
    """A country or area, by its ISO 3166 code of three letters; the answer to a name or to two letters is that code."""

    def read(self, words: str, zone: ZoneInfo) -> str:
        known = {one.iso3: {folded(name) for name in (one.iso2, one.iso3, *one.names)} for one in all_countries()}
        if words not in known:
            meant = next((code for code, names in known.items() if folded(words) in names), None)
            code = meant or f"an ISO code of three letters, like {EXAMPLE}"
            raise Wrong(f"Write {code}; it says “{_cut(words)}”.")
        return words

    def write(self, value: str, zone: ZoneInfo) -> object:
        return value


class Email:
    """One e-mail address, as it is kept: folded."""

    def read(self, words: str, zone: ZoneInfo) -> str:
        fault = fault_in_address(words.strip())
        if fault:
            raise Wrong(f"{fault} It says “{_cut(words)}”.")
        return address_of(words)

    def write(self, value: str, zone: ZoneInfo) -> object:
        return value


@dataclass(frozen=True)
class OneOf:
    """One word of a short list."""

    options: Callable[[], Iterable[str]]

    def read(self, words: str, zone: ZoneInfo) -> str:
        known = list(self.options())
        if words not in known:
            raise Wrong(f"Write one of {', '.join(known)}; it says “{_cut(words)}”.")
        return words

    def write(self, value: str, zone: ZoneInfo) -> object:
        return value


@dataclass(frozen=True)
class Whole:
    """A whole number."""

    least: int = 0
    most: int = 1_000_000

    def read(self, words: str, zone: ZoneInfo) -> int:
        if not re.fullmatch(r"[0-9]{1,7}", words) or not self.least <= int(words) <= self.most:
            raise Wrong(f"Write a whole number from {self.least} to {self.most}; it says “{_cut(words)}”.")
        return int(words)

    def write(self, value: int, zone: ZoneInfo) -> object:
        return value


class YesNo:
    """Yes or no."""

    def read(self, words: str, zone: ZoneInfo) -> bool:
        if words.lower() not in ("yes", "no", "true", "false"):
            raise Wrong(f"Write yes or no; it says “{_cut(words)}”.")
        return words.lower() in ("yes", "true")

    def write(self, value: bool, zone: ZoneInfo) -> object:  # noqa: FBT001 -- the kind's own value
        return value


class Day:
    """A day where the meeting is."""

    def read(self, words: str, zone: ZoneInfo) -> date:
        try:
            return datetime.strptime(words, "%Y-%m-%d").date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            raise Wrong(f"Write a day like 2016-10-04; it says “{_cut(words)}”.") from None

    def write(self, value: date, zone: ZoneInfo) -> object:
        return value


class Moment:
    """A moment, in the time of the meeting's zone; the application keeps it in UTC."""

    def read(self, words: str, zone: ZoneInfo) -> datetime:
        try:
            return typed_moment(_cut(words), zone)  # what is longer is no moment either
        except NotAMoment as fault:
            raise Wrong(str(fault)) from None

    def write(self, value: datetime, zone: ZoneInfo) -> object:
        return words_of(value, zone)


class Zone:
    """A time zone by its name in the IANA list."""

    def read(self, words: str, zone: ZoneInfo) -> str:
        if words not in available_timezones():
            raise Wrong(f"Write a time zone like Asia/Bangkok; it says “{_cut(words)}”.")
        return words

    def write(self, value: str, zone: ZoneInfo) -> object:
        return value


def _cut(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"


@dataclass(frozen=True)
class Place:
    """Where in the file an entry stands: the line it begins on, and that of each name in it."""

    line: int = 0
    names: Mapping[str, int] = field(default_factory=dict)

    def of(self, name: str) -> int:
        """The line of this name's value; of what is left out, that of the entry."""
        return self.names.get(name, self.line)


class Entry(Dataclass, Protocol):
    """An entry of a list of the file."""

    @property
    def key(self) -> str | tuple[str, str]:
        """What tells it from the others of its list."""

    @property
    def place(self) -> Place: ...
