"""Delegations: whom somebody spoke for. What is counted are delegations: the same State twice is one.

A Government is its State, whichever ministry spoke. The State is known from the note, from the part on the programme,
from the registration or the floor, or from what was typed: "Fiji" as the organization or in the line of the speaker.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Protocol

from eventapp.ground.text.policy import folded
from eventapp.record.notes.attribution import Named
from eventapp.record.notes.models import Revision
from eventapp.record.reading.data import table
from eventapp.vocabulary.called import BRACKETED, governed, initials, is_acronym
from eventapp.vocabulary.countries import all_countries, country, names_in

GOVERNMENT = "government"
LANGUAGES = ("en", "fr", "es")  # in which a State is known by its name


@dataclass(frozen=True)
class Delegation:
    """Whom a speaker spoke for."""

    key: str  # for counting: "state:FJI", "body:itu", "person:li wenjing"; '' where nobody is known
    name: str  # as printed: the State's official name, or the organization's as it was written
    kind: str = ""  # a stakeholder type of the vocabulary: government, un, civil-society …
    iso3: str = ""  # the speaker's country, of a State or not

    @property
    def is_state(self) -> bool:
        return self.key.startswith("state:")


class Placed(Protocol):
    """A part on the programme, or a row with the same fields."""

    @property
    def name(self) -> str: ...
    @property
    def name_own(self) -> str: ...
    @property
    def organization(self) -> str: ...
    @property
    def country(self) -> str: ...


class Source(Named, Protocol):
    """A revision of a note, or a row with the same fields, as far as they tell who spoke and for whom."""

    @property
    def country(self) -> str: ...
    @property
    def role(self) -> Placed | None: ...


NOBODY = Delegation("", "")


@dataclass(frozen=True)
class Home:
    """Whom somebody came for, as the programme, the floor or the registration has it."""

    country: str = ""
    organization: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Known:
    """What a meeting knows of its people besides their notes: by the part on the programme, and by name."""

    by_role: Mapping[int, Home] = field(default_factory=dict)
    by_name: Mapping[str, Home] = field(default_factory=dict)

    def home_of(self, revision: Revision) -> Home:
        """Return whom this speaker came for, as far as anybody knows."""
        found = self.by_role.get(revision.role_id or 0) or self.by_name.get(folded(revision.speaker))
        return found or Home()


UNKNOWN = Known()


def delegation_of(revision: Revision, known: Known = UNKNOWN) -> Delegation:
    """Return whom the speaker of this note spoke for: the State for a Government, else the organization."""
    home = known.home_of(revision)
    role_body = revision.role.organization if revision.role else ""
    typed = revision.organization or (role_body if not revision.speaker else "")
    body, speaker = typed, revision.speaker
    if not body and state_named(speaker):
        body, speaker = speaker, ""
    body = body or role_body or home.organization
    kind = revision.stakeholder_type or home.kind
    named = state_named(body)
    iso3 = revision.country or _role_country(revision.role) or home.country or named
    state = state_of(iso3)
    speaks_for_state = kind == GOVERNMENT or (not kind and (bool(named) or _is_of_a_government(body)))
    if state and (speaks_for_state or not (body or kind)):
        return Delegation(f"state:{iso3}", state, kind or GOVERNMENT, iso3)
    if body:
        return Delegation(f"body:{folded(_short(body))}", governed(body) or body, kind, iso3)
    return Delegation(f"person:{folded(speaker)}", "", kind, iso3) if speaker else Delegation("", "", kind, iso3)


def same_body(delegations: Iterable[Delegation]) -> Mapping[str, str]:
    """Return the key to count by for each organization that is written by its acronym too: "APT" is one with its name.

    Where two names have the same initials, nothing is said.
    """
    bodies = {one.key: one.name for one in delegations if one.key.startswith("body:")}
    short: dict[str, list[str]] = {}
    for key, name in bodies.items():
        acronym = f"body:{folded(initials(name))}"
        if acronym != key and acronym in bodies:
            short.setdefault(acronym, []).append(key)
    return {keys[0]: acronym for acronym, keys in short.items() if len(keys) == 1}


def sender_of(revision: Revision, known: Known = UNKNOWN) -> str:
    """Return the name of whom the speaker spoke for; '' where that is not known."""
    return delegation_of(revision, known).name


def country_of(revision: Source) -> str:
    """Return the code of the country of whoever spoke, from the note, their part in the programme or what was typed."""
    return (
        revision.country
        or _role_country(revision.role)
        or state_named(revision.organization)
        or ("" if revision.organization else state_named(revision.speaker))
    )


def state_of(iso3: str) -> str:
    """Return the official name of a State in English, as a list has it; '' for a code nobody knows."""
    found = country(iso3) if iso3 else None
    return found.name if found else ""


def state_named(words: str) -> str:
    """Return the code of the State these words name and nothing else: "Fiji", "the delegation of Fiji", "Fidji"."""
    if not words:
        return ""
    found = _states().get(_plain(words)) or _states().get(_plain(governed(words)))
    if found:
        return found
    behind = _of_a_state().fullmatch(_plain(words))
    return _states().get(behind[1], "") if behind else ""


def _plain(words: str) -> str:
    return folded(" ".join(words.split()).strip(" .,;:").replace("’", "'"))


def _short(body: str) -> str:
    """Return an organization by its acronym, where it is written with one."""
    bracketed = BRACKETED.fullmatch(body.strip())
    if bracketed is None:
        return body
    whole, beside = bracketed.groups()
    return next((one for one in (beside, whole) if is_acronym(one)), body)


def _role_country(role: Placed | None) -> str:
    return role.country if role else ""


@cache
def _states() -> Mapping[str, str]:
    """Return every way to write a State alone, to its code."""
    found = {_plain(name): code for code, names in table("states").items() for name in names}
    for one in all_countries():
        for name in (*one.names, *(name for tongue in LANGUAGES for name in names_in(one, tongue))):
            found.setdefault(_plain(name), one.iso3)
    found.pop("", None)
    return MappingProxyType(found)


@cache
def _of_a_state() -> re.Pattern[str]:
    heads = "|".join(re.escape(_plain(one)) for one in table("speaks_for")["heads"])
    return re.compile(rf"(?:the |la |le |l')?(?:{heads}) (?:(?:the|la|le|les) )?(.+)")


@cache
def _of_government() -> re.Pattern[str]:
    heads = "|".join(re.escape(one) for one in table("speaks_for")["governments"])
    return re.compile(rf"\b(?:{heads})\b", re.IGNORECASE)


@cache
def _is_of_a_government(body: str) -> bool:
    return bool(body) and _of_government().search(body) is not None
