"""Countries: the 53 + 9 members of ESCAP in its own wording, and all others by ISO."""

import gettext
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import pycountry

from eventapp.ground.text.i18n import _l, language
from eventapp.vocabulary.data.shipped import rows
from eventapp.vocabulary.protocol import alphabetical
from eventapp.vocabulary.term import terms

MEMBER, ASSOCIATE, OTHER = "member", "associate-member", "other"

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

# United Nations wording where it is not the ISO name read in order; a comma may also list islands.
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "BES": "Bonaire, Sint Eustatius and Saba",
        "BOL": "Bolivia (Plurinational State of)",
        "COD": "Democratic Republic of the Congo",
        "SHN": "Saint Helena, Ascension and Tristan da Cunha",
        "TWN": "Taiwan, Province of China",
        "VAT": "Holy See",
        "VEN": "Venezuela (Bolivarian Republic of)",
    }
)

# United Nations wording in other languages, where the ISO catalogue has another.
_NAMES_IN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "fr": {
            "GBR": "Royaume-Uni de Grande-Bretagne et d’Irlande du Nord",
            "HKG": "Hong Kong (Chine)",
            "LAO": "République démocratique populaire lao",
            "MAC": "Macao (Chine)",
            "MMR": "Myanmar",
            "NIU": "Nioué",
            "TLS": "Timor-Leste",
            "TUR": "Türkiye",
            "USA": "États-Unis d’Amérique",
            "VNM": "Viet Nam",
        },
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
    def spoken(self) -> str:
        """Return the official name as a sentence has it, without its article: "Islamic Republic of Iran"."""
        return INVERTED.sub(r"\2 \1", self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """Return every way to write the name in English."""
        return tuple(dict.fromkeys((self.name, self.spoken, self.short_name, self.name_in_2016)))


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


@cache
def _choices_in(code: str) -> tuple[tuple[str, str], ...]:
    named = [(one.iso3, name_in(one, code)) for one in all_countries()]
    return tuple(sorted(named, key=lambda pair: alphabetical(pair[1])))


@cache
def _others() -> Mapping[str, Country]:
    return MappingProxyType({row.alpha_3: _from_iso(row) for row in pycountry.countries})


def _from_iso(row: "pycountry.db.Country") -> Country:
    name = _NAMES.get(row.alpha_3) or _in_reading_order(row.name, "en")
    return Country(
        iso3=row.alpha_3,
        iso2=row.alpha_2,
        name=name,
        name_in_2016=name,
        short_name=getattr(row, "common_name", name),
        subregion="Outside the region",
        groups=(),
        status=OTHER,
    )


def name_in(one: Country, language: str) -> str:
    """Return the official name in a language ("fr", "ar", …), in English where none is known."""
    own = _NAMES_IN.get(language, {}).get(one.iso3)
    if own:
        return own
    translated = _iso_name(one.iso3, language.replace("-", "_").partition("_")[0])
    return translated or one.name


def state_in(name: str, language: str) -> str:
    """Return a State's official English name as it is in a language; any other name as it stands."""
    one = _by_name().get(name)
    return name_in(one, language) if one else name


@cache
def _by_name() -> Mapping[str, Country]:
    return MappingProxyType({one.name: one for one in all_countries()})


@cache
def _iso_name(iso3: str, language: str) -> str:
    row = pycountry.countries.get(alpha_3=iso3)
    if language == "en" or row is None:
        return ""
    translated = _catalogue(language).gettext(row.name)
    if translated == row.name:
        return ""
    if iso3 in _NAMES:
        return translated
    return _in_reading_order(translated, language)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [language], fallback=True)


def _in_reading_order(name: str, language: str) -> str:
    """ISO writes "Korea, Republic of" for its alphabet; a person reads "Republic of Korea"."""
    head, comma, rest = name.replace("، ", ", ").partition(", ")
    if not comma:
        return name
    if language == "ar":  # the second part already is the whole name
        return rest
    joined = f"{rest}{head}" if rest.endswith(("'", "\N{RIGHT SINGLE QUOTATION MARK}")) else f"{rest} {head}"
    return joined[0].upper() + joined[1:]
