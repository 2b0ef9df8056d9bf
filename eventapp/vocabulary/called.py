"""What an organization is called besides its whole name: its parts, its acronym, the State of a Government.

"BNNRC with Free Press Unlimited" is told by either of them, "FAO and ITU" by one, "Ministry of Trade and Industry" by
neither half. What is said here holds for a name as people type it into a note; no list of organizations is needed.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from eventapp.vocabulary.countries import all_countries

ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){3})\w[\w-]*")  # one word with three capitals: ITU, AeHIN
TOGETHER = re.compile(r"\s+with\s+|\s*[/;]\s*")  # what stands on both sides is a name of its own
JOINED = re.compile(r"\s*(?:\band\b|&|,)\s*")  # stands inside names as well, so both sides have to be acronyms
BRACKETED = re.compile(r"(.+?)\s*\(([^()]+)\)")
GOVERNMENT = re.compile(r"(?:.+, )?(?:the )?(?:Royal )?Government of (?:the )?(.+)")
SMALL = frozenset(
    {"a", "an", "and", "at", "by", "de", "et", "for", "from", "in", "la", "of", "on", "the", "to", "with"}
)
LOUD = 4  # letters: an acronym no longer than this may be a common word (WHO, APT), and counts in capitals only
SHORTEST, LONGEST = 3, 12


def called(name: str) -> Iterator[str]:
    """Yield the names that say for certain which organization is meant, the whole one first."""
    yield name
    bracketed = BRACKETED.fullmatch(name.strip())
    if bracketed:
        base, beside = bracketed.groups()
        if _stands_alone(base) or name in _states():
            yield base
        if is_acronym(beside) or beside in _states():
            yield beside
    yield from several(name)
    if governed(name):
        yield governed(name)
    letters = initials(name)
    if len(letters) >= LOUD:
        yield letters


def governed(name: str) -> str:
    """Return the State whose Government this is, as it is written here; '' for another organization."""
    government = GOVERNMENT.fullmatch(name.strip())
    return government[1] if government and government[1] in _states() else ""


def several(name: str) -> list[str]:
    """Return the organizations that are written here as one; [] where it is one, as far as its words tell."""
    together = TOGETHER.split(name)
    if len(together) > 1 and all(map(_stands_alone, together)):
        return together
    joined = JOINED.split(name)
    return joined if len(joined) > 1 and all(map(is_acronym, joined)) else []


def initials(name: str) -> str:
    """Return the capitals a name is shortened to: "Asia-Pacific Telecommunity" is APT."""
    words = re.findall(r"\w+", BRACKETED.sub(r"\1", name))
    letters = "".join(word[0].upper() for word in words if word.casefold() not in SMALL)
    return letters if len(letters) >= SHORTEST and not any(map(str.isdigit, letters)) else ""


def spelled_out(words: Sequence[str], acronyms: Collection[str]) -> Iterator[str]:
    """Yield the acronyms that a run of capitalized words stands for: "Asia eHealth Information Network" is AEHIN."""
    for place, begun in enumerate(words):
        if begun[0].islower() or begun.casefold() in SMALL:
            continue
        firsts = capitals = ""
        for word in words[place:]:
            if word.casefold() in SMALL:
                continue
            if word.islower() or len(firsts) > LONGEST:
                break
            firsts += word[0].upper()
            capitals += word[0].upper() + "".join(filter(str.isupper, word[1:]))
            if len(firsts) > 1:
                yield from {firsts, capitals}.intersection(acronyms)


def is_acronym(name: str) -> bool:
    """Whether the name is one word of capitals, or nearly: ITU, AeHIN."""
    return ACRONYM.fullmatch(name) is not None


def has_to_be_loud(name: str) -> bool:
    """Whether this name is meant only where it is written in capitals."""
    return name.isupper() and len(name) <= LOUD


def _stands_alone(part: str) -> bool:
    return is_acronym(part) or len(part.split()) > 1


@cache
def _states() -> frozenset[str]:
    return frozenset(name for one in all_countries() for name in one.names)
