"""Names in words: what is written with capitals inside a sentence, and acronyms anywhere."""

import re
from itertools import dropwhile

from eventapp.record.reading.data import words_by_language
from eventapp.record.reading.dates import months_by_name

CAPITAL = r"(?:[A-ZÀ-ÖØ-Þ][\w’'-]*)"
SMALL = r"(?:of|for|de|du|des|la|le|les|al|bin|von|van|da|do)"
NAME = re.compile(rf"(?<![\w’'-]){CAPITAL}(?:(?: {SMALL})* {CAPITAL})*")
BEGINS = re.compile(r"(?:^|[.!?:]\s+|[“\"(]\s*)$")
POSSESSIVE = re.compile(r"[’']s?$")


def names_in(text: str) -> tuple[str, ...]:
    """Return the names of this text, each once, in their order; the first word of a sentence alone is none."""
    found = (name for match in NAME.finditer(text) for name in _parted(match, text))
    return tuple(dict.fromkeys(found))


def _parted(match: re.Match[str], text: str) -> list[str]:
    words = match[0].split(" ")
    begins = BEGINS.search(text[: match.start()][-4:]) and not _is_acronym(words[0])
    if begins and (len(words) == 1 or words[0].casefold() in words_by_language()):
        words = list(dropwhile(str.islower, words[1:]))
    name = POSSESSIVE.sub("", " ".join(words))
    is_a_name = len(name) > 1 and name.casefold() not in months_by_name()
    return [name] if is_a_name else []


def _is_acronym(word: str) -> bool:
    return sum(map(str.isupper, word)) > 1
