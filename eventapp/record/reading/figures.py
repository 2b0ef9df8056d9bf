"""Figures in words: a share, a sum, or a number of two digits and more that is no year, no date, no part of a symbol.

This is the one rule of what a figure is: the form, the check at hand-in and the checks of a report ask here.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache

from eventapp.ground.db.types import Record
from eventapp.record.reading.data import by_language
from eventapp.record.reading.dates import pattern as dates

NUMBER = r"[0-9]{1,3}(?:[ ,\u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:[.,][0-9]+)?"
GAP = r"[ \u00a0\u202f]"
CURRENCY = r"US\$|USD|EUR|CHF|JPY|CNY|INR|THB|GBP|€|£|¥|\$"
DIGIT = re.compile("[0-9]")
LONGEST_SCALE = 20  # digits
SHORTEST = 2  # digits of a number that stands alone


@dataclass(frozen=True)
class FoundFigure:
    """A figure in a text: its words, where they stand, and the same in one form ("96%", "USD 5000000")."""

    words: str
    start: int
    end: int
    value: str


def figures_in(text: str) -> tuple[FoundFigure, ...]:
    """Return the figures of this text in their order."""
    if DIGIT.search(text) is None:
        return ()
    found = [
        match
        for match in pattern().finditer(text)
        if match["figure_share"] or match["figure_money"] or match["figure_scale"] or not _is_none(text, match)
    ]
    days = [match.span() for match in dates().finditer(text)] if found else []  # dates take longer to find
    return tuple(
        FoundFigure(match[0], match.start(), match.end(), _value(match))
        for match in found
        if not any(start < match.end() and match.start() < end for start, end in days)
    )


def lacks_source(text: str, figures: Iterable[Record], sources: Sequence[str]) -> bool:
    """Whether a figure of a note has no source: one in its field, or one in its words that no source stands behind."""
    figures = list(figures)
    if any(not one.get("source") for one in figures):
        return True
    return not figures and not sources and bool(figures_in(text))


def value_of(figure: str) -> str:
    """Return a figure that somebody typed into its field in the one form; as it stands where it is none by the rule."""
    found = figures_in(figure)
    return found[0].value if found else " ".join(figure.split()).casefold()


@cache
def pattern() -> re.Pattern[str]:
    """Return the one pattern of all figures, made of the words of all languages."""
    return re.compile(source().replace("(?<figure_", "(?P<figure_"), re.IGNORECASE)


@cache
def source() -> str:
    """Return the pattern as a browser has it, where a group is named without a P."""
    shares = "|".join(sorted((re.escape(one) for one in _words("share")), key=len, reverse=True)).replace("\\ ", GAP)
    scales = "|".join(sorted(scales_by_name(), key=len, reverse=True))
    alone = r"(?!(?:19|20)[0-9]{2}(?![0-9]))"
    return (
        r"(?<![\w/.,–+:-])(?:"
        f"(?<figure_money>{CURRENCY}){GAP}?(?<figure_sum>{NUMBER})(?:{GAP}(?<figure_of>{scales})(?![a-z]))?"
        f"|(?<figure_part>{NUMBER}){GAP}?(?<figure_share>{shares})"
        f"|(?<figure_many>{NUMBER}){GAP}(?<figure_scale>{scales})(?![a-z])"
        f"|(?<!\\(){alone}(?<figure_number>{NUMBER})(?![\\w/)–:-]|[.,][0-9]))"
    )


@cache
def scales_by_name() -> dict[str, int]:
    """Return what a million is, in each language."""
    return {word: number for rows in by_language("scales").values() for word, number in rows.items()}


@cache
def _named() -> frozenset[str]:
    return frozenset(word for words in by_language("named").values() for word in words.split())


def _words(name: str) -> list[str]:
    return list(dict.fromkeys(word for words in by_language(name).values() for word in words))


def _is_none(text: str, match: re.Match[str]) -> bool:
    """Whether it is one digit, or the word before makes it the name of a thing: "Goal 17", "article 19"."""
    if sum(map(str.isdigit, match[0])) < SHORTEST:
        return True
    before = text[max(0, match.start() - 20) : match.start()].split()
    return bool(before) and before[-1].casefold().strip("(.,") in _named()


def _value(match: re.Match[str]) -> str:
    written = match["figure_sum"] or match["figure_part"] or match["figure_many"] or match["figure_number"]
    plain = re.sub(r"[ \u00a0\u202f]", "", written)
    plain = re.sub(r",(?=[0-9]{3}(?:[^0-9]|$))", "", plain).replace(",", ".")
    scale = scales_by_name().get((match["figure_of"] or match["figure_scale"] or "").casefold(), 1)
    with localcontext(prec=len(plain) + LONGEST_SCALE):  # somebody may type more digits than int() and float() take
        exact = f"{Decimal(plain) * scale:.6f}"
    number = exact.rstrip("0").rstrip(".")
    currency = (match["figure_money"] or "").upper().replace("US$", "USD").replace("$", "USD")
    return f"{currency} {number}".strip() + ("%" if match["figure_share"] else "")
