"""Who is counted, and how they are divided: by stakeholder, subregion, countries or gender."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from eventapp.ground.text.i18n import LazyString, _l
from eventapp.vocabulary.countries import COUNTRY_GROUPS, MEMBERS, SUBREGIONS
from eventapp.vocabulary.participants import STAKEHOLDER_TYPES

GENDERS = {"woman": _l("Women"), "man": _l("Men"), "": _l("Other or not stated")}
OUTSIDE = "Outside the region"
AND = "+"  # between the groups of a country that is in several


class Person(NamedTuple):
    """Somebody who is counted: a registration, or a nominee who has not asked to come, by a number below nought."""

    id: int
    person_id: int | None
    state: str
    gender: str
    country: str
    stakeholder_type: str


@dataclass(frozen=True)
class Breakdown:
    """One way to divide people: what it is called, the groups of a person, and what each group is called."""

    label: LazyString
    groups_of: Callable[[Person], tuple[str, ...]]
    labels: Mapping[str, object]

    def label_of(self, code: str) -> str:
        """What a group is called in the reader's language; several that a country is in, all of them."""
        return " + ".join(str(self.labels[part]) for part in code.split(AND) if part in self.labels) or code


def _subregion(person: Person) -> str:
    member = MEMBERS.get(person.country)
    return member.subregion if member else OUTSIDE if person.country else ""


def _country_groups(person: Person) -> tuple[str, ...]:
    member = MEMBERS.get(person.country)
    return tuple(code for code in COUNTRY_GROUPS if member and code in member.groups) or ("",)


def _known(code: str, labels: Mapping[str, object]) -> tuple[str, ...]:
    return (code if code in labels else list(labels)[-1],)


_STAKEHOLDERS = {code: term.words for code, term in STAKEHOLDER_TYPES.items()}
_SUBREGIONS = {**{code: term.words for code, term in SUBREGIONS.items()}, "": _l("No country stated")}
_COUNTRIES = {**{code: term.words for code, term in COUNTRY_GROUPS.items()}, "": _l("In none of these groups")}
BREAKDOWNS: Mapping[str, Breakdown] = {
    "stakeholder": Breakdown(
        _l("Stakeholder type"), lambda person: _known(person.stakeholder_type, _STAKEHOLDERS), _STAKEHOLDERS
    ),
    "subregion": Breakdown(_l("Subregion"), lambda person: _known(_subregion(person), _SUBREGIONS), _SUBREGIONS),
    "countries": Breakdown(_l("Group of countries"), _country_groups, _COUNTRIES),
    "gender": Breakdown(_l("Gender"), lambda person: _known(person.gender, GENDERS), GENDERS),
}
