"""Days, times and colours as people type them, made into the one form that is kept: 2016-10-04, 09:00, #123f7a."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from types import MappingProxyType

from babel.dates import get_month_names

from eventapp.ground.text.dates import ARABIC_MONTHS
from eventapp.ground.text.i18n import LazyString, _l
from eventapp.ground.text.policy import search_key

LONGEST = 60  # what is longer is none of these
MONTHS_IN = ("en", "fr", "ar")
ISO_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
NUMBERS = re.compile(r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})")
DAY_FIRST = re.compile(r"(?P<d>\d{1,2})(?:er|st|nd|rd|th)? (?P<name>[^\d,]+?)[ ,]+(?P<y>\d{4})")
MONTH_FIRST = re.compile(r"(?P<name>[^\d,]+?) (?P<d>\d{1,2})(?:st|nd|rd|th)?[ ,]+(?P<y>\d{4})")
CLOCK = re.compile(r"(?P<h>\d{1,2})(?:[:.](?P<min>\d{2}))? ?(?P<half>am|pm|a\.m\.|p\.m\.)?")
FRENCH_CLOCK = re.compile(r"(?P<h>\d{1,2}) ?h ?(?P<min>\d{2})?(?P<half>)")
BETWEEN = re.compile(r"(?:\s*,\s*|\s+(?:at|a|t)\s+|\s+|t(?=\d))")
HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")
RGB = re.compile(r"rgb[ (]+(\d{1,3})[ ,]+(\d{1,3})[ ,]+(\d{1,3})\)?")
NOON, HOURS = 12, 24
COLOURS: Mapping[str, tuple[str, LazyString]] = MappingProxyType(
    {
        "black": ("#000000", _l("black")),
        "white": ("#ffffff", _l("white")),
        "ink": ("#16202a", _l("ink")),
        "dark grey": ("#3d3d3d", _l("dark grey")),
        "grey": ("#56616a", _l("grey")),
        "light grey": ("#d0d5d9", _l("light grey")),
        "dark blue": ("#123f7a", _l("dark blue")),
        "navy": ("#123f7a", _l("navy")),
        "blue": ("#00639f", _l("blue")),
        "light blue": ("#8ec6e8", _l("light blue")),
        "teal": ("#00605d", _l("teal")),
        "dark green": ("#1b5e3f", _l("dark green")),
        "green": ("#1b6b4a", _l("green")),
        "light green": ("#a8d5a2", _l("light green")),
        "olive": ("#4e6618", _l("olive")),
        "ochre": ("#8a5600", _l("ochre")),
        "yellow": ("#f2c300", _l("yellow")),
        "orange": ("#d9730d", _l("orange")),
        "rust": ("#9a3412", _l("rust")),
        "brown": ("#6b3e1f", _l("brown")),
        "red": ("#b3261e", _l("red")),
        "dark red": ("#7d1128", _l("dark red")),
        "claret": ("#932c4c", _l("claret")),
        "pink": ("#d6498f", _l("pink")),
        "plum": ("#7a2f5c", _l("plum")),
        "violet": ("#5b3f94", _l("violet")),
        "purple": ("#5b3f94", _l("purple")),
    }
)


def day_in(words: str, *, month_first: bool = False) -> date | None:
    """The day that these words are: 2016-10-18, 18/10/2016, 18 October 2016; None where they are none.

    In figures the day comes first, unless the reader writes the month first or there is no such month.
    """
    found, rest = _day_at_start(_plain(words), month_first)
    return found if not rest else None


def clock_in(words: str) -> time | None:
    """The time of the day that these words are: 09:00, 9.30, 9am, 9 h 30; None where they are none."""
    plain = _plain(words)
    match = CLOCK.fullmatch(plain) or FRENCH_CLOCK.fullmatch(plain)
    if match is None or (match["min"] is None and not match["half"] and "h" not in plain):
        return None
    hour, half = int(match["h"]), (match["half"] or "")[:1]
    if half:
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + (NOON if half == "p" else 0)
    minute = int(match["min"] or 0)
    return time(hour, minute) if hour < HOURS and minute < 60 else None  # noqa: PLR2004 -- minutes of an hour


def moment_in(words: str, *, month_first: bool = False) -> datetime | None:
    """The day and the time that these words are, of no zone yet: 4 Oct 2016 09:00, 18/10/2016 9am."""
    found, rest = _day_at_start(_plain(words), month_first)
    between = BETWEEN.match(rest)
    clock = clock_in(rest[between.end() :]) if between else None
    return datetime.combine(found, clock) if found and clock else None


def colour_in(words: str) -> str | None:
    """The colour that these words are, as #123f7a: a name, in English or the reader's language, or a code.

    Codes are #123f7a, #abc and rgb 18 63 122.
    """
    plain = _plain(words)
    if match := HEX.fullmatch(plain):
        figures = match[1] if len(match[1]) == 6 else "".join(one * 2 for one in match[1])  # noqa: PLR2004 -- figures
        return f"#{figures}"
    if match := RGB.fullmatch(plain):
        parts = [int(one) for one in match.groups()]
        return "#{:02x}{:02x}{:02x}".format(*parts) if max(parts) < 256 else None  # noqa: PLR2004 -- steps of a colour
    if named := COLOURS.get(plain.replace("gray", "grey")):
        return named[0]
    return next((code for code, name in COLOURS.values() if search_key(str(name)) == plain), None)


def _plain(words: str) -> str:
    return search_key(words[: LONGEST + 1]) if len(words) <= LONGEST else ""


def _day_at_start(plain: str, month_first: bool) -> tuple[date | None, str]:  # noqa: FBT001 -- as it came
    """The day at the start of these words, and what follows it."""
    for pattern in (ISO_DAY, NUMBERS, DAY_FIRST, MONTH_FIRST):
        if match := pattern.match(plain):
            return _day_of(match, month_first), plain[match.end() :]
    return None, plain


def _day_of(match: re.Match[str], month_first: bool) -> date | None:  # noqa: FBT001 -- as it came
    parts = match.groupdict()
    first, year = int(parts["d"]), int(parts["y"])
    if "name" in parts:
        orders = [(_months().get(parts["name"].strip(" ."), 0), first)]
    else:
        orders = [(int(parts["m"]), first)]
        if match.re is NUMBERS:
            orders = sorted({(int(parts["m"]), first), (first, int(parts["m"]))}, key=lambda one: one != orders[0])
            if month_first:
                orders.reverse()
    for month, day in orders:
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


@cache
def _months() -> dict[str, int]:
    """Every name of a month, whole and short, without dots and accents."""
    names: dict[str, int] = {}
    for number, arabic in enumerate(ARABIC_MONTHS, start=1):
        names |= dict.fromkeys(map(search_key, (arabic, *arabic.split("/"))), number)
        for locale in MONTHS_IN:
            for width in ("wide", "abbreviated"):
                names[search_key(get_month_names(width, locale=locale)[number]).strip(".")] = number
    return names | {"sept": 9, "june": 6, "july": 7}
