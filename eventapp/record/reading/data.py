"""The words by which the language, the dates and the figures of a text are known: files that anybody can change."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from eventapp.ground.db.types import Record


def table(name: str) -> Record:
    """Return this table of `languages.toml`."""
    found: Record = _read("languages.toml")[name]
    return found


@cache
def by_language(name: str) -> Record:
    """Return this entry of `words.toml` for each language that has it."""
    return {code: rows[name] for code, rows in _read("words.toml").items() if name in rows}


@cache
def words_by_language() -> Mapping[str, tuple[str, ...]]:
    """Return the languages of each small word."""
    found: dict[str, tuple[str, ...]] = {}
    for code, words in table("latin").items():
        for word in words.split():
            found[word] = (*found.get(word, ()), code)
    return MappingProxyType(found)


def neutral_words() -> Mapping[str, Record]:
    """Return the rules of neutral wordings, by language."""
    return _read("neutral.toml")


@cache
def _read(name: str) -> Record:
    return tomllib.loads(files(__package__ or "").joinpath(name).read_text(encoding="utf-8"))
