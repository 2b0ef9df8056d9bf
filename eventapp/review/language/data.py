"""The words and sentences of reports, as the files of each language give them; each file is read once.

`words.toml` has words by list, `wording.….toml` the fixed words that a report says, `grammar.….toml` how it says what a
note says, and `patterns.….toml` what it knows in a note, as regular expressions. Which language that is, and what an
outline says otherwise, is set where a report is written: `with written_in(…)`; outside of it that is English.

The press reads this too, and imports no model for it: the words of a report's own outline are in report_words.py.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, wraps
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar

from eventapp.review.reports import content
from eventapp.review.reports.outline_words import Tables

T = TypeVar("T")

FOLDERS = MappingProxyType({"en": "english", "fr": "french"})
NOTHING: Tables = MappingProxyType({})


@dataclass(frozen=True)
class Wording:
    """The language of a report, and the tables of its grammar that an outline has of its own."""

    language: str = "en"
    own: Tables = field(default_factory=lambda: NOTHING)


_now: ContextVar[Wording] = ContextVar("wording", default=Wording())  # noqa: B039 -- it never changes


@contextmanager
def written_in(language: str, own: Tables = NOTHING) -> Iterator[None]:
    """Say everything in this language meanwhile, in English where there are no files for it."""
    before = _now.set(Wording(language if language in FOLDERS else "en", own))
    try:
        yield
    finally:
        _now.reset(before)


def in_its_language(write: Callable[[content.Report], T]) -> Callable[[content.Report], T]:
    """Write a report as a file in its language."""

    @wraps(write)
    def done(report: content.Report) -> T:
        with written_in(report.language):
            return write(report)

    return done


def language_now() -> str:
    """The language that is written just now."""
    return _now.get().language


class Phrases(Mapping[str, str]):
    """A table of fixed words: what a report says for each code, in the language that is written when it is asked."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __getitem__(self, code: str) -> str:
        found: str = self._table()[code]
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._table())

    def __len__(self) -> int:
        return len(self._table())

    def _table(self) -> Mapping[str, Any]:  # TOML
        table: Mapping[str, Any] = _read(language_now(), "wording")[self.name]  # TOML
        return table


def word_list(name: str) -> tuple[str, ...]:
    """The words of this list, in their order; those of English where the language has none."""
    return _words(language_now(), name)


def word_set(name: str) -> frozenset[str]:
    """The words of this list, to look one up."""
    return _word_set(language_now(), name)


def phrases(name: str) -> Mapping[str, str]:
    """The table of this name: what a report says for each code."""
    return Phrases(name)


def phrases_in_each(name: str, code: str) -> tuple[str, ...]:
    """What is said for this code in each language."""
    return tuple(str(_read(language, "wording")[name][code]) for language in FOLDERS)


def sentence(name: str, **parts: object) -> str:
    """The sentence of this name with its parts filled in."""
    return Phrases("sentences")[name].format(**parts)


def table(name: str) -> Mapping[str, Any]:  # TOML
    """The table of this name of the grammar, with what the outline says otherwise: expressions, lists, numbers."""
    wording = _now.get()
    found: Mapping[str, Any] = _read(wording.language, "grammar").get(name, NOTHING)  # TOML; each caller says its type
    own = wording.own.get(name)
    return MappingProxyType({**found, **own} if own else found)


def own(name: str) -> tuple[tuple[str, str], ...]:
    """What the outline says otherwise than the grammar in a table of texts: usually nothing."""
    return tuple(_now.get().own.get(name, NOTHING).items())


def pattern(name: str, **parts: str) -> re.Pattern[str]:
    """The pattern of this name. Its line breaks are for the reader; %(name)s stands for another pattern or a list."""
    return _pattern(language_now(), name, tuple(parts.items()))


@cache
def _pattern(language: str, name: str, parts: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    written: str = _read(language, "patterns")[name]
    joined = written.replace("\n", "")
    return re.compile(joined % dict(parts) if parts else joined)


@cache
def _words(language: str, name: str) -> tuple[str, ...]:
    words = _read(language, "words")
    return tuple(str(words[name] if name in words else _read("en", "words")[name]).split())


@cache
def _word_set(language: str, name: str) -> frozenset[str]:
    return frozenset(_words(language, name))


@cache
def _read(language: str, name: str) -> dict[str, Any]:  # TOML
    file = "words.toml" if name == "words" else f"{name}.{language}.toml"
    folder = files(__package__ or "").joinpath(FOLDERS[language])
    return tomllib.loads(folder.joinpath(file).read_text(encoding="utf-8"))
