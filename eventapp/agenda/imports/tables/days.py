"""Days and times in cells. Which figure of 03/04/2026 is the month is one answer for a whole file."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from eventapp.agenda.imports.foreign import length_of
from eventapp.ground.text.i18n import LazyString, _l
from eventapp.ground.text.policy import search_key
from eventapp.ground.text.typed import clock_in, day_in
from eventapp.ground.text.typed import moment_in as typed_moment

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "dmy", "mdy", "ymd"
ORDERS: Mapping[str, LazyString] = MappingProxyType(
    {DAY_FIRST: _l("Day, month, year"), MONTH_FIRST: _l("Month, day, year"), YEAR_FIRST: _l("Year, month, day")}
)
FIGURES = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
WITH_YEAR_FIRST = re.compile(r"\s*(\d{4})([./-])(\d{1,2})\2(\d{1,2})(?!\d)")
SECONDS = re.compile(r"(\d:\d{2}):\d{2}(?:\.\d+)?")
CENTURY = 2000
WITH_UNIT = re.compile(r"(?:(\d{1,2}) ?(?:hours?|hrs?|h)\.?)? ?(?:(\d{1,4}) ?(?:minutes?|mins?|m|'|min)?\.?)?")


def order_in(cells: Iterable[str], first: date, last: date) -> str | None:
    """The order of figures in which all these cells have a day; where several are, that which fits the meeting's days.

    '' where no cell asks, None where it cannot be told.
    """
    found = [match for match in (FIGURES.match(search_key(cell)) for cell in cells) if match]
    if not found:
        return ""
    days = {order: [_day(match, order) for match in found] for order in ORDERS}
    sound = [order for order in ORDERS if None not in days[order]]
    if len(sound) > 1:
        near = timedelta(days=1)
        sound = [order for order in sound if all(one and first - near <= one <= last + near for one in days[order])]
    return sound[0] if len(sound) == 1 else None


def moment_in(cell: str, day: date | None, order: str, zone: ZoneInfo) -> datetime | None:
    """The moment that a cell names, by itself or with its day; None where it names none."""
    words = cell.strip()
    try:
        found = datetime.fromisoformat(words) if ":" in words and "-" in words else None
    except ValueError:
        found = None
    if found is not None:
        return found if found.tzinfo else found.replace(tzinfo=zone)
    plain = _plain(words, order)
    whole = typed_moment(plain)
    clock = clock_in(plain) if whole is None and day else None
    if whole is None and day and clock:
        whole = datetime.combine(day, clock)
    return whole.replace(tzinfo=zone) if whole else None


def day_of(cell: str, order: str) -> date | None:
    """The day that a cell names; None where it names none, or in another order."""
    plain = _plain(cell, order).removesuffix(" 00:00").strip()
    found = day_in(plain)
    if found is None and (moment := typed_moment(plain)):
        return moment.date()
    return found


def length_in(cell: str) -> timedelta | None:
    """How long 90, 1:30, 1 h 30, 45 min are; None where a cell says nothing of the kind."""
    plain = search_key(cell).removesuffix(".0")
    match = WITH_UNIT.fullmatch(plain)
    if match and any(match.groups()):
        return timedelta(hours=int(match[1] or 0), minutes=int(match[2] or 0))
    return length_of(plain) if plain else None


def _plain(cell: str, order: str) -> str:
    """The same words with the day as 2026-03-16; words that no order makes a day of are ''."""
    words = SECONDS.sub(r"\1", search_key(cell))
    if match := WITH_YEAR_FIRST.match(words):
        return f"{match[1]}-{match[3]}-{match[4]}{words[match.end() :]}"
    if match := FIGURES.match(words):
        found = _day(match, order or DAY_FIRST)
        return f"{found.isoformat()}{words[match.end() :]}" if found else ""
    return words


def _day(match: re.Match[str], order: str) -> date | None:
    parts = dict(zip(order, (match[1], match[3], match[4]), strict=True))
    if len(parts["y"]) > 2 and order == YEAR_FIRST:  # noqa: PLR2004 -- 16/03/2026 does not begin with a year
        return None
    year = int(parts["y"]) + (CENTURY if len(parts["y"]) < 4 else 0)  # noqa: PLR2004 -- figures of a year
    try:
        return date(year, int(parts["m"]), int(parts["d"]))
    except ValueError:
        return None
