"""Days and times in words. A time is told in a named zone, and a date as the United Nations writes it."""

from datetime import date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_location

from eventapp.ground.text.i18n import language

Zone = ZoneInfo | str
ARABIC_MONTHS = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)


def day(value: date) -> str:
    """4 October 2016, in the reader's language; the day of a datetime is the one of its own zone."""
    return f"{number(value)} {month(value)} {value.year}"


def weekday(value: date) -> str:
    """Tuesday 4 October 2016."""
    return f"{format_date(value, 'EEEE', locale=language())} {day(value)}"


def days(first: date, last: date) -> str:
    """3–5 October 2016, or 30 September – 2 October 2016, or one day."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{number(first)} {month(first)} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def clock(value: datetime, zone: Zone) -> str:
    """09:00 on the wall of that zone."""
    return f"{local(value, zone):%H:%M}"


def when(value: datetime, zone: Zone) -> str:
    """09:00 (Bangkok, UTC+7)."""
    return f"{clock(value, zone)} ({zone_label(zone, value)})"


def moment(value: datetime, zone: Zone) -> str:
    """4 October 2016, 09:00 (Bangkok, UTC+7)."""
    comma = "، " if language() == "ar" else ", "
    return f"{day(local(value, zone))}{comma}{when(value, zone)}"


def span(starts: datetime, ends: datetime, zone: Zone) -> str:
    """4 October 2016, 09:00–10:30 (Bangkok, UTC+7); an end on another day has its date."""
    first, last = local(starts, zone), local(ends, zone)
    comma = "، " if language() == "ar" else ", "
    until = f"{last:%H:%M}" if last.date() == first.date() else f"{day(last)}{comma}{last:%H:%M}"
    return f"{day(first)}{comma}{first:%H:%M}–{until} ({zone_label(zone, starts)})"


def zone_label(zone: Zone, at: datetime) -> str:
    """Bangkok, UTC+7: the zone as people name it, with its distance from UTC at that moment."""
    return zone_words(known(zone).key, offset(at, zone), language())


@lru_cache(maxsize=512)
def zone_words(zone: str, distance: str, language: str) -> str:
    """Bangkok, UTC+7, in this language; remembered, because it stands behind every time on a page."""
    if zone == "UTC":
        return zone
    city = get_timezone_location(ZoneInfo(zone), locale=language, return_city=True)
    return f"{city}{'، ' if language == 'ar' else ', '}{distance}"


def offset(at: datetime, zone: Zone) -> str:
    """UTC+7, UTC+5:30, UTC−3."""
    shift = local(at, zone).utcoffset()
    minutes = int(shift.total_seconds() // 60) if shift else 0
    sign = "−" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def local(value: datetime, zone: Zone) -> datetime:
    """That moment on the wall of the zone. A time without a zone is a mistake of ours."""
    if value.tzinfo is None:
        message = "a time needs its zone"
        raise ValueError(message)
    return value.astimezone(known(zone))


def known(zone: Zone) -> ZoneInfo:
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone)


def number(value: date) -> str:
    return "1er" if value.day == 1 and language() == "fr" else str(value.day)


def month(value: date) -> str:
    return month_in(value.month, language())


@cache
def month_in(number: int, language: str) -> str:
    return ARABIC_MONTHS[number - 1] if language == "ar" else format_date(date(1, number, 1), "MMMM", locale=language)


def short_month(value: date) -> str:
    """Oct: for a column of dates."""
    return short_month_in(value.month, language())


@cache
def short_month_in(number: int, language: str) -> str:
    if language == "ar":
        return ARABIC_MONTHS[number - 1].split("/")[1]
    return format_date(date(1, number, 1), "MMM", locale=language)
