"""Dates in words: "by 31 December 2027", "in 2027", "within two years", "d’ici à la fin de 2026".

What is found has a first and a last day and the words themselves. `words.toml` has the words of each language. The page
uses the same patterns while somebody types (static/record/reading.js); a test keeps the two equal.
"""

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from eventapp.record.reading.data import by_language

YEAR = r"(?:19|20)[0-9]{2}"
LETTER = "[0-9A-Za-zÀ-ɏ]"
GAP = r"[ \u00a0\u202f]"
DAYS = {"d": 1, "w": 7}
A_YEAR = 12  # months


@dataclass(frozen=True)
class FoundDate:
    """A day or a period in a text, with the words that say it and where they begin and end."""

    words: str
    start: int
    end: int
    first: date
    last: date
    is_deadline: bool  # "by", "before", "within"

    @property
    def due(self) -> date:
        """Return the day by which something is to be done that is due then."""
        return self.last


def dates_in(text: str, said_on: date | None = None) -> tuple[FoundDate, ...]:
    """Return the dates of this text in their order; those that count from the day they were said, only with that."""
    found = (one for match in pattern().finditer(text) if (one := _read(match, said_on)))
    return tuple(found)


def due_in(text: str, said_on: date | None = None) -> FoundDate | None:
    """Return by when something is to be done, as these words say: the first deadline, else the first day to come."""
    found = dates_in(text, said_on)
    deadlines = [one for one in found if one.is_deadline and (said_on is None or one.last >= said_on)]
    to_come = [one for one in found if said_on is not None and one.last > said_on]
    return next(iter([*deadlines, *to_come]), None)


@cache
def pattern() -> re.Pattern[str]:
    """Return the one pattern of all dates, made of the words of all languages."""
    return re.compile(source().replace("(?<date_", "(?P<date_"), re.IGNORECASE)


@cache
def source() -> str:
    """Return the pattern as a browser has it, where a group is named without a P."""
    months, small = _either(months_by_name()), f"(?:(?:{_either(_listed('small'))}){GAP})*"
    prefixes = [*_listed("deadline"), *_listed("before"), *_listed("in")]
    prefix = f"(?<date_prefix>{_either(prefixes)}){GAP}{small}"
    within = (
        f"(?<date_within>{_either(_listed('within'))}){GAP}(?<date_count>[0-9]{{1,2}}|{_either(numbers())}){GAP}"
        f"(?<date_unit>{_either(units())})"
    )
    day, of = "[0-3]?[0-9]", f"(?:of{GAP}|de{GAP})?"
    forms = (
        f"(?<date_year1>{YEAR})-(?<date_month1>[01][0-9])-(?<date_day1>[0-3][0-9])",
        f"(?<date_day2>{day})[./](?<date_month2>[01]?[0-9])[./](?<date_year2>{YEAR})",
        f"(?<date_day3>{day})(?:st|nd|rd|th|er|\\.)?{GAP}{of}(?<date_month3>{months})\\.?,?{GAP}{of}(?<date_year3>{YEAR})",
        f"(?<date_month4>{months}){GAP}(?<date_day4>{day})(?:st|nd|rd|th)?,?{GAP}(?<date_year4>{YEAR})",
        f"(?<date_month5>{months})\\.?,?{GAP}{of}(?<date_year5>{YEAR})",
        f"(?<date_part>{_either(parts())})(?:{GAP}|-)?{small}(?<date_year6>{YEAR})",
        f"(?<date_from>{YEAR})(?:[–-]|{GAP}(?:{_either(_listed('between'))}){GAP})(?<date_until>{YEAR})",
    )
    bare = f"(?<date_year8>{YEAR})"
    end = f"(?!{LETTER}|[–/-][0-9])"
    return (
        f"(?<!{LETTER})(?<![/.–-])(?:{within}|(?<date_years>{_either(years())})|"
        f"(?:{prefix})?(?:{'|'.join(forms)})|{prefix.replace('date_prefix', 'date_prefix2')}{bare}){end}"
    )


def _read(match: re.Match[str], said_on: date | None) -> FoundDate | None:
    parted = {name.strip("0123456789"): _known(words) for name, words in match.groupdict().items() if words}
    try:
        period = _period(parted, said_on)
    except ValueError:  # 31 June
        return None
    if period is None:
        return None
    first, last = period
    prefix = parted.get("date_prefix", "")
    is_before = prefix in _listed("before")
    if is_before and first != last:
        first = last = first - timedelta(days=1)
    is_deadline = is_before or prefix in _listed("deadline") or "date_within" in parted
    return FoundDate(match[0], match.start(), match.end(), first, last, is_deadline)


def _period(parted: Mapping[str, str], said_on: date | None) -> tuple[date, date] | None:
    """Return the first and the last day; None where the day they count from is not known. ValueError for no day."""
    if "date_within" in parted or "date_years" in parted:
        return _from_now(parted, said_on) if said_on else None
    if "date_until" in parted:
        return date(int(parted["date_from"]), 1, 1), date(int(parted["date_until"]), 12, 31)
    year = int(parted["date_year"])
    if "date_part" in parted:
        return _months(year, *parts()[parted["date_part"]])
    if "date_month" not in parted:
        return _months(year, 1, 12)
    named = parted["date_month"]
    month = int(named) if named.isdigit() else months_by_name()[named]
    if "date_day" not in parted:
        return _months(year, month, month)
    day = date(year, month, int(parted["date_day"]))
    return day, day


def _from_now(parted: Mapping[str, str], said_on: date) -> tuple[date, date]:
    if "date_years" in parted:
        return _months(said_on.year + years()[parted["date_years"]], 1, 12)
    count, unit = parted["date_count"], units()[parted["date_unit"]]
    many = int(count) if count.isdigit() else numbers()[count]
    if unit in DAYS:
        return said_on, said_on + timedelta(days=many * DAYS[unit])
    whole = said_on.month - 1 + many * (A_YEAR if unit == "y" else 1)
    year, month = said_on.year + whole // A_YEAR, whole % A_YEAR + 1
    return said_on, date(year, month, min(said_on.day, calendar.monthrange(year, month)[1]))


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


@cache
def months_by_name() -> Mapping[str, int]:
    """Return the number of each month by its names, whole and short."""
    lists = [*by_language("months").values(), *by_language("short_months").values()]
    return {
        name: place
        for words in lists
        for place, names in enumerate(words.split(), 1)
        for name in names.split("|")
        if name != "-"
    }


@cache
def numbers() -> Mapping[str, int]:
    """Return the numbers that are written in words."""
    counted = {word: n for words in by_language("numbers").values() for n, word in enumerate(words.split(), 1)}
    return {**counted, **_joined("other_numbers")}


@cache
def units() -> Mapping[str, str]:
    """Return y, m, w or d for each word of a length of time."""
    return {word: unit for rows in by_language("units").values() for word, unit in rows.items()}


@cache
def parts() -> Mapping[str, tuple[int, int]]:
    """Return the first and the last month of a part of a year."""
    return {word: (first, last) for rows in by_language("parts").values() for word, (first, last) in rows.items()}


@cache
def years() -> Mapping[str, int]:
    """Return how many years on "next year" is."""
    return _joined("years")


def _joined(name: str) -> dict[str, int]:
    return {word: number for rows in by_language(name).values() for word, number in rows.items()}


@cache
def _listed(name: str) -> tuple[str, ...]:
    return tuple(word for words in by_language(name).values() for word in words)


def _either(words: Iterable[str]) -> str:
    """Return a pattern of any of these words, the longest first; a straight apostrophe does for a curved one."""
    ordered = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    return "|".join(_plain(word) for word in ordered)


def _known(words: str) -> str:
    """Return what was found as `words.toml` writes it."""
    return re.sub(GAP, " ", words.casefold().replace("'", "’"))


def _plain(word: str) -> str:
    """Return the pattern of one word or phrase."""
    return re.escape(word).replace("\\ ", GAP).replace("’", "[’']").replace("\\-", "-")
