"""What a meeting file says about delegations with places of their own, zones, gates and photographs."""

# ruff: noqa: RUF009 -- the fields of the schema are made by functions that only wrap field()

import re
from dataclasses import dataclass

from eventapp.meeting_file.kinds import CountryCode, OneOf, Place, Whole, Words, YesNo
from eventapp.meeting_file.parts.fields import OTHERS, a_code, entries_of, many, one, place_of
from eventapp.meeting_file.texts.entries import KindTexts
from eventapp.vocabulary.participants import DELEGATION_ROLES

ZONE, CLOCK = re.compile(r"[A-Z0-9]{1,4}"), re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
SHAPE = re.compile(r"[1-9][0-9]?x[1-9][0-9]?")
LEAST_WIDTH, MOST_WIDTH = 100, 700  # pixels of a photograph
MOST_PLACES = 100_000


def a_tag() -> Words:
    return Words(60)


def a_zone() -> Words:
    return Words(4, pattern=ZONE, example="A")


def a_clock() -> Words:
    return Words(5, pattern=CLOCK, example="08:30")


def a_shape() -> Words:
    return Words(5, pattern=SHAPE, example="35x45")


@dataclass(frozen=True, kw_only=True)
class RolePlacesEntry:
    """Places of one role in a delegation."""

    role: str = one(OneOf(lambda: DELEGATION_ROLES), "the place in the delegation")
    places: int = one(Whole(0, MOST_PLACES), "how many people may come in it")
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.role


@dataclass(frozen=True, kw_only=True)
class DelegationEntry:
    """A delegation with places of its own, or that a gate lets in."""

    name: str = one(Words(200), "of a State as the United Nations has it in English; of an organization in full")
    country: str = one(CountryCode(), "ISO code of three letters where it is a State", default="")
    places: int | None = one(
        Whole(0, MOST_PLACES), "how many people it may send; without it as many as fit", default=None
    )
    role_places: tuple[RolePlacesEntry, ...] = entries_of(RolePlacesEntry, "how many of them in which role")
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.name


@dataclass(frozen=True, kw_only=True)
class ZoneEntry:
    """A zone of the house."""

    code: str = one(a_zone(), "short: badges show it, gates name it")
    name: str = one(Words(120), "as people call it")
    categories: tuple[str, ...] = many(a_code(), "whom it lets in: codes of categories above")
    tags: tuple[str, ...] = many(a_tag(), "and whoever has one of these tags")
    texts: tuple[KindTexts, ...] = entries_of(KindTexts, OTHERS)
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.code


@dataclass(frozen=True, kw_only=True)
class GateEntry:
    """A gate that is open. It lets in whoever is in one of its groups, and everybody with a place where it has none."""

    name: str = one(Words(120), "as people at the door call it")
    session: str = one(a_code(), "the code of its session; without it: of the building", default="")
    categories: tuple[str, ...] = many(a_code(), "codes of categories above")
    zones: tuple[str, ...] = many(a_zone(), "codes of zones above")
    tags: tuple[str, ...] = many(a_tag(), "tags of registrations")
    delegations: tuple[str, ...] = many(Words(200), "names of delegations above")
    roles: bool = one(YesNo(), "whoever has a role in its session, of the building: in any", default=False)
    opens: str = one(a_clock(), "from when each day, by the clock of the meeting", default="")
    shuts: str = one(a_clock(), "until when each day", default="")
    reads_out: bool = one(YesNo(), "people are read on the way out too", default=False)
    self_check_in: bool = one(YesNo(), "participants may check in by themselves", default=False)
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.name

    @property
    def is_for_some(self) -> bool:
        """Whether it has a group at all."""
        return bool(self.categories or self.zones or self.tags or self.delegations or self.roles)
