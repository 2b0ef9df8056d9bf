"""Countries: the 53 + 9 members of ESCAP, all other States, and the areas of ISO 3166.

`name` is the English one that delegations are stored and reports are written by; what is shown is the name of the
United Nations in the reader's language (`name_in`), or that of ISO for an area.
"""

import gettext
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import pycountry

from eventapp.ground.text.i18n import _l, language
from eventapp.vocabulary.data.shipped import rows
from eventapp.vocabulary.data.state_names import STATE_NAMES, is_state
from eventapp.vocabulary.protocol import alphabetical
from eventapp.vocabulary.term import terms

MEMBER, ASSOCIATE, OTHER, AREA = "member", "associate-member", "other", "area"

SUBREGIONS = terms(
    ("East and North-East Asia", _l("East and North-East Asia")),
    ("South-East Asia", _l("South-East Asia")),
    ("South and South-West Asia", _l("South and South-West Asia")),
    ("North and Central Asia", _l("North and Central Asia")),
    ("The Pacific", _l("The Pacific")),
    ("Outside the region", _l("Outside the region")),
)

COUNTRY_GROUPS = terms(
    ("LDC", _l("Least developed countries")),
    ("LLDC", _l("Landlocked developing countries")),
    ("SIDS", _l("Small island developing States")),
)


INVERTED = re.compile(r"(.+) \((.+ of)\)")  # "Iran (Islamic Republic of)", as lists have it

# English names that are neither those of the United Nations nor ISO names in reading order.
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "BES": "Bonaire, Sint Eustatius and Saba",  # the comma lists islands
        "CIV": "Côte d'Ivoire",  # as delegations of it are stored
        "SHN": "Saint Helena, Ascension and Tristan da Cunha",
        "TWN": "Taiwan, Province of China",
    }
)


@dataclass(frozen=True)
class Country:
    """One country or area, by its ISO 3166 alpha-3 code; `groups` are those of October 2016."""

    iso3: str
    iso2: str
    name: str
    name_in_2016: str
    short_name: str
    subregion: str
    groups: tuple[str, ...]
    status: str

    @property
    def label(self) -> str:
        """Return the official name in the reader's language."""
        return name_in(self, language())

    @property
    def is_state(self) -> bool:
        """Whether it is a Member State or an observer State of the United Nations."""
        return is_state(self.iso3)

    @property
    def spoken(self) -> str:
        """Return the English name as a sentence has it, without its article: "Islamic Republic of Iran"."""
        return typographic(INVERTED.sub(r"\2 \1", self.name))

    @property
    def names(self) -> tuple[str, ...]:
        """Return every way to write the name in English."""
        own = (self.name, self.spoken, self.short_name, self.name_in_2016, name_in(self, "en"))
        return tuple(dict.fromkeys((*own, *map(typewritten, own))))


MEMBERS: Mapping[str, Country] = MappingProxyType(
    {
        row["iso3"]: Country(
            iso3=row["iso3"],
            iso2=row["iso2"],
            name=row["name"],
            name_in_2016=row["name_in_2016"],
            short_name=row["short_name"],
            subregion=row["subregion"],
            groups=tuple(row["groups"]),
            status=row["status"],
        )
        for row in rows("members")
    }
)


def country(iso3: str) -> Country | None:
    """Return the country with this ISO alpha-3 code, or nothing for a code nobody has."""
    return MEMBERS.get(iso3) or _others().get(iso3)


@cache
def all_countries() -> tuple[Country, ...]:
    """Return all countries and areas of ISO 3166 in English alphabetical order."""
    found = [*MEMBERS.values(), *(one for code, one in _others().items() if code not in MEMBERS)]
    return tuple(sorted(found, key=lambda one: alphabetical(one.name)))


def country_choices() -> list[tuple[str, str]]:
    """Return (ISO alpha-3, name) pairs for a form, in the reader's language and its order."""
    return list(_choices_in(language()))


def state_choices() -> list[tuple[str, str]]:
    """Return the same pairs of those that send a delegation: States, and associate members of the commission."""
    sending = {one.iso3 for one in all_countries() if one.status != AREA}
    return [pair for pair in country_choices() if pair[0] in sending]


@cache
def _choices_in(code: str) -> tuple[tuple[str, str], ...]:
    named = [(one.iso3, name_in(one, code)) for one in all_countries()]
    return tuple(sorted(named, key=lambda pair: alphabetical(pair[1])))


@cache
def _others() -> Mapping[str, Country]:
    return MappingProxyType({row.alpha_3: _from_iso(row) for row in pycountry.countries})


def _from_iso(row: "pycountry.db.Country") -> Country:
    known = STATE_NAMES.get(row.alpha_3)
    name = _NAMES.get(row.alpha_3) or (known.short["en"] if known else _in_reading_order(row.name, "en"))
    return Country(
        iso3=row.alpha_3,
        iso2=row.alpha_2,
        name=name,
        name_in_2016=name,
        short_name=getattr(row, "common_name", name),
        subregion="Outside the region",
        groups=(),
        status=OTHER if is_state(row.alpha_3) else AREA,
    )


def name_in(one: Country, language: str) -> str:
    """Return the short name in a language ("fr", "zh_Hans", …), as the United Nations has it; in English if unknown."""
    code = _bare(language)
    known = STATE_NAMES.get(one.iso3)
    return (known and known.short.get(code)) or _iso_name(one.iso3, code) or typographic(one.name)


def formal_name_in(one: Country, language: str) -> str:
    """Return the formal name with its article, "the Kingdom of Thailand", or the short one where there is none."""
    known = STATE_NAMES.get(one.iso3)
    return (known and known.formal.get(_bare(language))) or name_in(one, language)


def name_in_sentence(one: Country, language: str) -> str:
    """Return the name as a sentence has it, without its article: "République islamique d’Iran"."""
    known = STATE_NAMES.get(one.iso3)
    return (known and known.in_sentence(_bare(language))) or name_in(one, language)


def names_in(one: Country, language: str) -> tuple[str, ...]:
    """Return every way to write the name in a language, the short one first: the formal one too, and that of ISO."""
    code = _bare(language)
    known = STATE_NAMES.get(one.iso3)
    found = (name_in(one, code), known.bare_formal(code) if known else "", _iso_name(one.iso3, code))
    return tuple(dict.fromkeys(way for name in found if name for way in (name, typewritten(name))))


def state_in(name: str, language: str) -> str:
    """Return a State's English name as it is in a language; any other name as it stands."""
    one = _by_name().get(name)
    return name_in(one, language) if one else name


def typographic(name: str) -> str:
    """Return a name with the apostrophe that is printed."""
    return name.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")


def typewritten(name: str) -> str:
    """Return a name with the apostrophe that is typed."""
    return name.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


@cache
def _by_name() -> Mapping[str, Country]:
    every = all_countries()
    return MappingProxyType({name: one for one in every for name in (one.name_in_2016, name_in(one, "en"), one.name)})


def _bare(language: str) -> str:
    return language.replace("-", "_").partition("_")[0]


@cache
def _iso_name(iso3: str, language: str) -> str:
    row = pycountry.countries.get(alpha_3=iso3)
    if language == "en" or row is None:
        return ""
    translated = _catalogue(language).gettext(row.name)
    if translated == row.name:
        return ""
    return typographic(translated if iso3 in _NAMES else _in_reading_order(translated, language))


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    catalogue = {"zh": "zh_CN"}.get(language, language)
    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [catalogue], fallback=True)


def _in_reading_order(name: str, language: str) -> str:
    """ISO writes "Korea, Republic of" for its alphabet; a person reads "Republic of Korea"."""
    head, comma, rest = name.replace("، ", ", ").partition(", ")
    if not comma:
        return name
    if language == "ar":  # the second part already is the whole name
        return rest
    joined = f"{rest}{head}" if rest.endswith(("'", "\N{RIGHT SINGLE QUOTATION MARK}")) else f"{rest} {head}"
    return joined[0].upper() + joined[1:]
