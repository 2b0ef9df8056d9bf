"""The words of a text as names are compared, and the parts of a name: which of them is the family name.

The family name is what the record makes plain: the words in capitals (KIM Ji-won), what stands before a comma, a first
word that is a family name of East Asia, and the last where that is one too; else the last word. A name that has no
capitals, in Arabic or Devanagari, counts by its first word and its last, for the order differs. A script without blanks
is searched letter by letter.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from eventapp.review.language.data import word_list
from eventapp.vocabulary.countries import all_countries

SHORTEST = 3  # letters of a name that can be looked for without finding it everywhere
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
FAR_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
CASED = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f\u0531-\u0587\u1e00-\u1fff]")
ARABIC = re.compile("[\u0600-\u06ff]")
PARTICLES = frozenset(word_list("particles"))
FAMILY_FIRST = frozenset(word_list("family_first"))
HONORIFICS = word_list("honorifics")
ARABIC_PREFIXES = word_list("arabic_prefixes")
THAI_PART = 4  # letters of a part of a name in a script without blanks; of Han and Hangul two say enough


class Part(NamedTuple):
    """A word or two of somebody's name: whose, and whether it is their family name."""

    words: tuple[str, ...]
    name: str
    is_family: bool


class Word(NamedTuple):
    """A word of a text: as names are compared, and as it is written."""

    normalized: str
    written: str


def without_accents(text: str) -> str:
    """Return the text without the marks that letters carry."""
    return text if text.isascii() else BEYOND_ASCII.sub(_unmarked, unicodedata.normalize("NFKD", text))


def _unmarked(run: re.Match[str]) -> str:
    return "".join(letter for letter in run[0] if not unicodedata.combining(letter))


def normalized(text: str) -> str:
    """Return the text as names are compared: without case and accents."""
    return without_accents(text).casefold()


def words_of(text: str) -> list[str]:
    """Return the words of a text as names are compared; "H.E." is one word."""
    return [word.normalized for word in written_words(text)]


@lru_cache(maxsize=64)  # a text is read for several people, one after the other
def written_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text, each as names are compared and as it is written."""
    whole = re.sub(r"\bH\. ?E\.", "HE", without_accents(text), flags=re.IGNORECASE)
    return tuple(Word(word.casefold(), word) for word in re.findall(r"\w+", whole))


@lru_cache(maxsize=256)  # the same few are looked for in each text of a page
def parts_of(name: str) -> tuple[Part, ...]:
    """Return the parts of a name that may stand for the whole."""
    units = [(unit, words) for unit in re.split(r"[\s,]+", name) if (words := _without_particles(unit))]
    families = _families(name, units)
    parts = [Part(words, name, unit in families) for unit, words in units if _is_long_enough(words)]
    ends = [
        Part(words[-1:], name, is_family=False)
        for _unit, words in units
        if len(words) > 1 and len(words[-1]) >= SHORTEST
    ]
    return (*parts, *ends)


def _without_particles(unit: str) -> tuple[str, ...]:
    words = words_of(unit)
    while words and (words[0] in PARTICLES or len(words[0]) == 1):
        words = words[1:]
    bare = (re.sub("^ال(?=.{3})", "", word) for word in words)
    return tuple(bare)


def _families(name: str, units: Sequence[tuple[str, tuple[str, ...]]]) -> set[str]:
    """Return which of these words of a name are the family name."""
    if not units:
        return set()
    loud = {unit for unit, _words in units if unit.isupper() and len(unit) > 1}
    first, last = units[0], units[-1]
    if loud and not name.isupper():
        return loud
    if "," in name:
        before = name.partition(",")[0].split()
        return {unit for unit, _words in units if unit in before}
    if not CASED.search(name):
        return {first[0], last[0]}
    is_turned, is_plain = first[1][0] in FAMILY_FIRST, last[1][-1] in FAMILY_FIRST
    return ({first[0]} if is_turned else set()) | ({last[0]} if is_plain or not is_turned else set())


def _is_long_enough(words: tuple[str, ...]) -> bool:
    return sum(map(len, words)) >= SHORTEST or words[0] in FAMILY_FIRST


def readings_of(word: str) -> Iterator[str]:
    """Return the word, and what is left of it where Arabic writes an article or a small word together with it."""
    yield word
    if ARABIC.search(word):
        for small in ARABIC_PREFIXES:
            if (rest := re.sub(f"^{small}(?=.{{3}})", "", word)) != word:
                yield rest


@lru_cache(maxsize=64)
def readings_in(text: str) -> frozenset[str]:
    """Return the words of a text, each once, in every reading."""
    words = {word.normalized for word in written_words(text)}
    return frozenset(words.union(*map(readings_of, words)) if ARABIC.search(text) else words)


@lru_cache(maxsize=256)
def unspaced_parts(name: str) -> tuple[str, ...]:
    """Return the runs of letters that say this name in a script without blanks."""
    if not UNSPACED.search(name):
        return ()
    parts = re.split(r"[\s·・]+", name.strip())
    if not FAR_EAST.search(name):
        return (normalized(name), *(normalized(part) for part in parts if len(part) >= THAI_PART))
    family = parts[0] if len(parts) > 1 else name[0]
    titled = [family + between + honorific for honorific in HONORIFICS for between in ("", " ")]
    alone = [family] if len(family) > 1 else []
    return tuple(normalized(run) for run in dict.fromkeys([name, "".join(parts), *alone, *titled]) if len(run) > 1)


@cache
def _ordinary() -> frozenset[str]:
    listed = files(__package__).joinpath("english/ordinary.txt").read_text(encoding="utf-8")
    named = [name for one in all_countries() for name in one.names]
    return frozenset(word for text in (listed, *named) for word in words_of(text))


def is_ordinary(word: str) -> bool:
    """Whether the word is one of English or of the map as well as a name."""
    return word in _ordinary()
