"""The fixed words of a report, in the report's own language, whatever the language of the screen."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from eventapp.review.content import Report

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "annex": "Annex",
        "contents": "Contents",
        "distribution": "Distr.:",
        "only": "English only",
    }
)
# How an annex's columns share the width of a page.
SHARES: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "programme": (24, 10, 78, 42),
        "participants": (50, 54, 50),
        "evidence": (14, 52, 52, 36),
    }
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_of(day: date) -> str:
    """Return a day as the record writes it: 4 October 2016."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def days_of(report: Report) -> str:
    """Return the days of the meeting: 4 October 2016, 4–6 October 2016, 30 September–2 October 2016."""
    first, last = report.meeting.first_day, report.meeting.last_day
    if first == last:
        return day_of(first)
    if first.year != last.year:
        return f"{day_of(first)}–{day_of(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]}–{day_of(last)}"
    return f"{first.day}–{day_of(last)}"
