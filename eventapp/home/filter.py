"""What somebody looks for in the list of all meetings: to come or past, by words, year and body."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from eventapp.ground.text.policy import figure, search_key, writable
from eventapp.meetings.models import Body, is_over
from eventapp.vocabulary.countries import country

COMING, PAST, DRAFT, ARCHIVED = "coming", "past", "draft", "archived"
SIDES = (COMING, PAST)
HIDDEN = (DRAFT, ARCHIVED)  # sides that only administrators see


class Brief(NamedTuple):
    """A meeting as it is looked for: its days, and where and how it is called."""

    id: int
    starts_on: date
    ends_on: date
    zone: str
    title: str
    short_title: str
    symbol: str
    organization: str
    city: str
    country: str
    published_at: datetime | None
    archived_at: datetime | None

    def side(self, at: datetime) -> str:
        """Where in the list the meeting stands at this moment."""
        if self.archived_at is not None:
            return ARCHIVED
        if self.published_at is None or self.published_at > at:
            return DRAFT
        return PAST if is_over(self.ends_on, self.zone, at) else COMING

    @property
    def years(self) -> range:
        return range(self.starts_on.year, self.ends_on.year + 1)


@dataclass(frozen=True)
class MeetingFilter:
    """What somebody looks for among the meetings. Only what is set is asked for."""

    when: str = ""
    words: str = ""
    year: int = 0
    body: str = ""
    mine: bool = False  # only those of who asks

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "MeetingFilter":
        """The filter in the address of a page."""
        when = asked.get("when", "")
        return cls(
            when=when if when in SIDES + HIDDEN else "",
            words=writable(asked.get("q", "").strip()[:100]),
            year=figure(asked.get("year")),
            body=asked.get("body", "")[:20],
            mine=asked.get("mine") == "1",
        )

    def __bool__(self) -> bool:
        return bool(self.words or self.year or self.body or self.mine)

    def address(self, **changes: object) -> dict[str, object]:
        """The words of an address that asks for the same, but for these changes."""
        mine = "1" if self.mine else ""
        asked = {"when": self.when, "q": self.words, "year": self.year, "body": self.body, "mine": mine, **changes}
        return {name: value for name, value in asked.items() if value}

    def fits(self, one: Brief, bodies: Iterable[Body]) -> bool:
        """Whether this meeting has all that is asked for."""
        place = country(one.country)
        named = search_key(
            one.title, one.short_title, one.symbol, one.organization, one.city, str(place.label) if place else ""
        )
        return (
            (not self.year or self.year in one.years)
            and (not self.body or any(body.code == self.body for body in bodies))
            and all(word in named for word in search_key(self.words).split())
        )
