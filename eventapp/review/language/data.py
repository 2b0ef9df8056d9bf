"""The words and sentences of reports, as the files beside this one give them; each file is read once.

`words.toml` has words by list, `wording.en.toml` the fixed words that a report says, `grammar.en.toml` how it says what
a note says, and `patterns.en.toml` what it knows in a note, as regular expressions.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


def word_list(name: str) -> tuple[str, ...]:
    """The words of this list, in their order."""
    words: str = _read("words.toml")[name]
    return tuple(words.split())


def phrases(name: str) -> Mapping[str, str]:
    """The table of this name: what a report says for each code."""
    table: dict[str, str] = _read("wording.en.toml")[name]
    return MappingProxyType(table)


def sentence(name: str, **parts: object) -> str:
    """The sentence of this name with its parts filled in."""
    return phrases("sentences")[name].format(**parts)


def table(name: str) -> Mapping[str, Any]:  # TOML; each caller says of what type its part is
    """The table of this name of the grammar: expressions, lists of them, or numbers."""
    return MappingProxyType(_read("grammar.en.toml")[name])


def pattern(name: str, **parts: str) -> re.Pattern[str]:
    """The pattern of this name. Its line breaks are for the reader; %(name)s stands for another pattern or a list."""
    written: str = _read("patterns.en.toml")[name]
    joined = written.replace("\n", "")
    return re.compile(joined % parts if parts else joined)


@cache
def _read(name: str) -> dict[str, Any]:  # TOML; each reader above says of what type its part is
    return tomllib.loads(files(__package__ or "").joinpath("english", name).read_text(encoding="utf-8"))
