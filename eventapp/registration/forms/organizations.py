"""Organizations the form knows by their abbreviation: of the United Nations system and others that often come.

Who types the abbreviation comes for the same delegation as who types the whole name. Names and abbreviations are those
that the organizations give themselves.
"""

import re
from collections.abc import Collection
from functools import cache

from eventapp.ground.text.policy import folded
from eventapp.organizations.queries import organizations_called

ABBREVIATIONS = {
    "ADB": "Asian Development Bank",
    "APT": "Asia-Pacific Telecommunity",
    "ASEAN": "Association of Southeast Asian Nations",
    "ESCAP": "Economic and Social Commission for Asia and the Pacific",
    "FAO": "Food and Agriculture Organization of the United Nations",
    "ICANN": "Internet Corporation for Assigned Names and Numbers",
    "ILO": "International Labour Organization",
    "IOM": "International Organization for Migration",
    "ISOC": "Internet Society",
    "ITC": "International Trade Centre",
    "ITU": "International Telecommunication Union",
    "OECD": "Organisation for Economic Co-operation and Development",
    "PIFS": "Pacific Islands Forum Secretariat",
    "SAARC": "South Asian Association for Regional Cooperation",
    "UN DESA": "United Nations Department of Economic and Social Affairs",
    "UN Women": "United Nations Entity for Gender Equality and the Empowerment of Women",
    "UNCTAD": "United Nations Conference on Trade and Development",
    "UNDP": "United Nations Development Programme",
    "UNEP": "United Nations Environment Programme",
    "UNESCO": "United Nations Educational, Scientific and Cultural Organization",
    "UNFPA": "United Nations Population Fund",
    "UNHCR": "Office of the United Nations High Commissioner for Refugees",
    "UNICEF": "United Nations Children’s Fund",
    "UNIDO": "United Nations Industrial Development Organization",
    "UNU": "United Nations University",
    "UPU": "Universal Postal Union",
    "WFP": "World Food Programme",
    "WHO": "World Health Organization",
    "WIPO": "World Intellectual Property Organization",
    "WMO": "World Meteorological Organization",
    "WTO": "World Trade Organization",
}
KNOWN = tuple(sorted((*ABBREVIATIONS.values(), "World Bank")))
BOTH = re.compile(r"(.+?)\s*\((.+)\)")  # "United Nations Development Programme (UNDP)", or the other way round


def whole_name(typed: str) -> str:
    """The name of the organization whose abbreviation was typed, alone or with the name; any other as it was typed."""
    known = _known()
    both = BOTH.fullmatch(typed)
    if both and known.get(folded(both[1])) and known.get(folded(both[1])) == known.get(folded(both[2])):
        return known[folded(both[1])]
    return known.get(folded(typed), typed)


def name_of(typed: str, meeting: int | None = None) -> str:
    """The name in the register of the organization that was typed, or as whole_name() says. One that is only proposed
    is known in the `meeting` with this number.
    """
    return names_of([typed], meeting)[typed]


def names_of(several: Collection[str], meeting: int | None = None) -> dict[str, str]:
    """The same for many at once, by what was typed, in one query."""
    found = organizations_called(several, meeting)
    return {typed: found[typed].name if typed in found else whole_name(typed) for typed in several}


def abbreviation_of(name: str) -> str:
    """The abbreviation of an organization that the form knows; "" for any other."""
    return next((short for short, whole in ABBREVIATIONS.items() if whole == name), "")


@cache
def _known() -> dict[str, str]:
    short = {folded(short): name for short, name in ABBREVIATIONS.items()}
    return short | {folded(name.replace("’", mark)): name for name in KNOWN for mark in ("’", "'")}
