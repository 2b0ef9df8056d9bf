"""The layout of a list of participants of the United Nations: its parts, and what stands in which order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from eventapp.ground.text.i18n import _l
from eventapp.vocabulary.countries import country, name_in
from eventapp.vocabulary.participants import DELEGATION_ROLES
from eventapp.vocabulary.protocol import alphabetical

MEMBERS, ASSOCIATES, OBSERVERS, BODIES, AGENCIES = "members", "associates", "observers", "un", "agencies"
INTERGOVERNMENTAL, NONGOVERNMENTAL, OTHERS, SECRETARIAT = "igo", "ngo", "others", "secretariat"
PARTS = {
    MEMBERS: _l("Members"),
    ASSOCIATES: _l("Associate members"),
    OBSERVERS: _l("Observers"),
    BODIES: _l("United Nations bodies"),
    AGENCIES: _l("Specialized agencies"),
    INTERGOVERNMENTAL: _l("Intergovernmental organizations"),
    NONGOVERNMENTAL: _l("Non-governmental organizations"),
    OTHERS: _l("Other participants"),
    SECRETARIAT: _l("Secretariat"),
}
PLACES = {code: place for place, code in enumerate(PARTS)}
RANKS = {code: rank for rank, code in enumerate(DELEGATION_ROLES)}
ARTICLE = "ال"  # does not count in an Arabic alphabet


@dataclass(frozen=True)
class Sender:
    """A delegation in a version, and how many people it has there."""

    part: str
    name: str
    country: str
    people: int


@dataclass(frozen=True)
class Line:
    """One person as printed."""

    number: int
    part: str
    sender: str
    country: str
    role: str
    name: str
    sorted_by: str
    title: str
    organization: str

    @property
    def facts(self) -> str:
        """The functional title and the ministry or unit, where it is not the delegation."""
        own = self.organization if self.organization != self.sender else ""
        return ", ".join(words for words in (self.title, own) if words)


@dataclass(frozen=True)
class Delegation:
    """A delegation as printed: its name in the language of the list, its people under their roles."""

    name: str
    roles: tuple[tuple[str, tuple[Line, ...]], ...]  # heading, '' for none


Names = Mapping[str, Mapping[str, str]]  # ISO code of a State, or organization_key() → language → name


def name_of(sender: str, iso3: str, names: Names, tongue: str) -> str:
    """The name of a delegation in this language: as it was kept; else of a State as the United
    Nations has it now, of any other as it was typed.
    """
    state = country(iso3) if iso3 else None
    if state is None:
        return names.get(organization_key(sender), {}).get(tongue) or sender
    return names.get(iso3, {}).get(tongue) or name_in(state, tongue)


def organization_key(sender: str) -> str:
    """What the names of an organization are found by; no code of a State looks like it."""
    return f"organization {sender}"


def in_order(senders: Iterable[Sender], names: Names, tongue: str) -> list[Sender]:
    """The delegations in order: by part, then in the alphabet of this language."""
    return sorted(
        senders,
        key=lambda one: (PLACES.get(one.part, len(PLACES)), sorting(name_of(one.name, one.country, names, tongue))),
    )


def sorting(name: str) -> str:
    """A key for the alphabet: accents, case and articles do not count."""
    return alphabetical(name.removeprefix(ARTICLE))


def delegations_in(lines: Iterable[Line], senders: Iterable[Sender], names: Names, tongue: str) -> list[Delegation]:
    """These delegations in the order given, each with those of the lines that are its own."""
    theirs: dict[tuple[str, str], list[Line]] = {}
    for one in lines:
        theirs.setdefault((one.part, one.sender), []).append(one)
    return [
        Delegation(name_of(one.name, one.country, names, tongue), under_roles(theirs.get((one.part, one.name), [])))
        for one in senders
        if (one.part, one.name) in theirs
    ]


def under_roles(people: Iterable[Line]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """People under the heading of their role: heads first, then in order of protocol, then by family name."""
    ordered = sorted(people, key=lambda one: (rank_of(one), alphabetical(one.sorted_by), one.number))
    found = []
    for _rank, same in groupby(ordered, key=rank_of):
        group = tuple(same)
        role = DELEGATION_ROLES.get(group[0].role)
        found.append((role.label if role else "", group))
    return tuple(found)


def rank_of(one: Line) -> int:
    return RANKS.get(one.role, len(RANKS))
