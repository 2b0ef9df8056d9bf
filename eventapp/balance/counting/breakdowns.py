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


class Kind(NamedTuple):
    """All that is asked of somebody who is counted: people of one kind are told apart by no breakdown."""

    gender: str
    country: str
    stakeholder_type: str


@dataclass(frozen=True)
class Breakdown:
    """One way to divide people: what it is called, what of a kind it goes by, its groups, and what each is called."""

    label: LazyString
    fact: str
    groups_with: Callable[[str], tuple[str, ...]]
    labels: Mapping[str, object]

    def groups_of(self, kind: Kind) -> tuple[str, ...]:
        """The groups that people of this kind are in."""
        return self.groups_with(getattr(kind, self.fact))

    def label_of(self, code: str) -> str:
        """What a group is called in the reader's language; several that a country is in, all of them."""
        return " + ".join(str(self.labels[part]) for part in code.split(AND) if part in self.labels) or code


def _subregion(country: str) -> tuple[str, ...]:
    member = MEMBERS.get(country)
    return _known(member.subregion if member else OUTSIDE if country else "", _SUBREGIONS)


def _country_groups(country: str) -> tuple[str, ...]:
    member = MEMBERS.get(country)
    return tuple(code for code in COUNTRY_GROUPS if member and code in member.groups) or ("",)


def _known(code: str, labels: Mapping[str, object]) -> tuple[str, ...]:
    return (code if code in labels else list(labels)[-1],)


_STAKEHOLDERS = {code: term.words for code, term in STAKEHOLDER_TYPES.items()}
_SUBREGIONS = {**{code: term.words for code, term in SUBREGIONS.items()}, "": _l("No country stated")}
_COUNTRIES = {**{code: term.words for code, term in COUNTRY_GROUPS.items()}, "": _l("In none of these groups")}
BREAKDOWNS: Mapping[str, Breakdown] = {
    "stakeholder": Breakdown(
        _l("Stakeholder type"), "stakeholder_type", lambda code: _known(code, _STAKEHOLDERS), _STAKEHOLDERS
    ),
    "subregion": Breakdown(_l("Subregion"), "country", _subregion, _SUBREGIONS),
    "countries": Breakdown(_l("Group of countries"), "country", _country_groups, _COUNTRIES),
    "gender": Breakdown(_l("Gender"), "gender", lambda code: _known(code, GENDERS), GENDERS),
}
