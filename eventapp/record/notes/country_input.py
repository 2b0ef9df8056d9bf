"""Countries as somebody types them: names and codes between commas."""

from functools import cache
from typing import NamedTuple

from eventapp.ground.text.i18n import language
from eventapp.ground.text.policy import folded
from eventapp.vocabulary.countries import all_countries, country, names_in


class Found(NamedTuple):
    """The countries that were understood, as ISO alpha-3 codes, and the words that were not."""

    codes: tuple[str, ...]
    unknown: tuple[str, ...]


def codes_of(typed: str) -> Found:
    """Read "Bhutan, Hong Kong, China; THA": a name may have a comma of its own, so the longest name wins."""
    known = names(language())
    words = [word.strip() for word in typed.replace(";", ",").replace("،", ",").split(",") if word.strip()]
    codes: list[str] = []
    unknown: list[str] = []
    while words:
        length = next((n for n in range(min(len(words), 3), 0, -1) if folded(", ".join(words[:n])) in known), 0)
        if length:
            codes.append(known[folded(", ".join(words[:length]))])
        else:
            unknown.append(words[0])
        words = words[length or 1 :]
    return Found(tuple(dict.fromkeys(codes)), tuple(unknown))


def names_of(codes: tuple[str, ...] | list[str]) -> str:
    """The countries as somebody would type them, in the reader's language."""
    found = [country(code) for code in codes]
    return "; ".join(one.label for one in found if one)


@cache
def names(code: str) -> dict[str, str]:
    """Every way to write a country in this language or in English, to its code."""
    known: dict[str, str] = {}
    for one in all_countries():
        for name in (one.iso3, *one.names, *names_in(one, code)):
            known.setdefault(folded(name), one.iso3)
    return known
