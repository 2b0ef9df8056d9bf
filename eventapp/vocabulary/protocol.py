"""The order of a list of participants, as the United Nations prints it.

Category by order of protocol, in one category States before organizations and these by what they are, then the State
or body in English alphabetical order, the head of delegation first, then by role, then by name. Source: ESCAP 75th
session guide for participants (2019) for the order of categories; the rest is practice.
"""

import unicodedata

from eventapp.vocabulary.participants import DELEGATION_ROLES

ProtocolKey = tuple[int, int, str, int, str]

_RANKS = {code: rank for rank, code in enumerate(DELEGATION_ROLES)}


def protocol_order(category_rank: int, delegation: str, role: str, name: str, *, group: int = 0) -> ProtocolKey:
    """Return the sorting key of one participant; an unknown role comes after all known ones.

    `group` is the place of the delegation among others of the category, by what it is.
    """
    return (
        category_rank,
        group,
        alphabetical(delegation),
        _RANKS.get(role, len(_RANKS)),
        alphabetical(name),
    )


def alphabetical(text: str) -> str:
    """Return a key for alphabetical order: accents, case and a leading "The" do not count."""
    plain = text if text.isascii() else without_accents(text)  # nearly every text of a long list is
    return plain.casefold().removeprefix("the ").strip()


def without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
