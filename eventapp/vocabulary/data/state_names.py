"""The names of States as UNTERM, the terminology database of the United Nations, has them in its six languages.

`states.json` holds the 193 Member States, the two observer States, the Cook Islands and Niue, and the areas that
are associate members of ESCAP. An area has no formal name of its own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from eventapp.vocabulary.data.shipped import rows

UN_LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
MEMBER_STATE, OBSERVER_STATE, ASSOCIATED_STATE, AREA = "member-state", "observer-state", "associated-state", "area"
ARTICLE = re.compile(r"(?:the|la|le|les|el|los|las) |l’")  # before a formal name
INVERTED = re.compile(r"[^()]+ \(.+\)")  # "Iran (Islamic Republic of)": as lists have it, not sentences


@dataclass(frozen=True)
class StateNames:
    """One State or area: what it is to the United Nations, and its names by language."""

    iso3: str
    membership: str
    short: Mapping[str, str]
    formal: Mapping[str, str]

    def in_sentence(self, language: str) -> str:
        """Return the name as a sentence has it, "République islamique d’Iran"; '' in a language that is not known."""
        short = self.short.get(language, "")
        if self.membership == AREA or not INVERTED.fullmatch(short):
            return short
        return self.bare_formal(language)

    def bare_formal(self, language: str) -> str:
        """Return the formal name without its article, "Kingdom of Thailand"; '' in a language that is not known."""
        return ARTICLE.sub("", self.formal.get(language, ""), count=1)


STATE_NAMES: Mapping[str, StateNames] = MappingProxyType(
    {row["iso3"]: StateNames(row["iso3"], row["membership"], row["short"], row["formal"]) for row in rows("states")}
)


def is_state(iso3: str) -> bool:
    """Whether this is a Member State or an observer State of the United Nations."""
    one = STATE_NAMES.get(iso3)
    return one is not None and one.membership in (MEMBER_STATE, OBSERVER_STATE)
