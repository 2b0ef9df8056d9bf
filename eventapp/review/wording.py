"""The fixed words of a report, in the report's own language, whatever the language of the screen."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType

from eventapp.review.content import Chapter, Report
from eventapp.vocabulary.countries import Country, all_countries

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "annex": "Annex",
        "contents": "Contents",
        "distribution": "Distr.:",
        "only": "English only",
        "paragraph": "para.",
        "paragraphs": "paras.",
    }
)
# How an annex's columns share the width of a page.
SHARES: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "programme": (24, 10, 78, 42),
        "participants": (50, 54, 50),
        "speakers": (14, 70, 70),
        "documents": (40, 114),
        "statistics": (120, 34),
        "evidence": (14, 52, 52, 36),
    }
)
# A source when only its category may be said: in a list, and as the subject of a sentence.
CATEGORY_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "government": "Government",
        "igo": "Intergovernmental organization",
        "un": "United Nations system",
        "civil-society": "Civil society",
        "private-sector": "Private sector",
        "academia": "Academia",
        "technical": "Technical community",
        "media": "Media",
        "secretariat": "Secretariat",
    }
)
CATEGORY_VOICES: Mapping[str, str] = MappingProxyType(
    {
        "government": "One Government",
        "igo": "One intergovernmental organization",
        "un": "One United Nations body",
        "civil-society": "One civil society organization",
        "private-sector": "One representative of the private sector",
        "academia": "One academic institution",
        "technical": "One representative of the technical community",
        "media": "One representative of the media",
        "secretariat": "The secretariat",
    }
)
CATEGORY_CROWDS: Mapping[str, str] = MappingProxyType(
    {
        "government": "Several Governments",
        "igo": "Several intergovernmental organizations",
        "un": "Several United Nations bodies",
        "civil-society": "Several civil society organizations",
        "private-sector": "Several representatives of the private sector",
        "academia": "Several academic institutions",
        "technical": "Several representatives of the technical community",
        "media": "Several representatives of the media",
    }
)
# Who held a view that may not be attributed, by the support it had; where none is given it was the meeting.
CROWDS: Mapping[str, str] = MappingProxyType(
    {"one-voice": "One participant", "some": "Some participants", "divided": "Some participants"}
)
RECEPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "broad": "There was broad support.",
        "nobody-objected": "No participant objected.",
        "divided": "Views were divided.",
    }
)
# The same inside a sentence.
RECEIVED: Mapping[str, str] = MappingProxyType(
    {
        "broad": "which had broad support",
        "nobody-objected": "to which no participant objected",
        "divided": "on which views were divided",
    }
)
# Names that take an article: "the Ministry of …".
BODIES = frozenset({
    "society", "community", "corporation", "entity", "embassy", "trust", "initiative", "coalition", "mission",
    "service", "academy", "partnership", "confederation", "congress", "league", "company", "facility", "conference",
    "union", "organization", "organisation", "network", "telecommunity", "commission", "programme", "fund",
    "bank", "association", "council", "committee", "agency", "centre", "center", "institute", "foundation",
    "forum", "department", "ministry", "office", "division", "secretariat", "government", "authority", "alliance",
    "bureau", "board", "chamber", "federation", "consortium",
})  # fmt: skip
# What may do something without a name of its own.
ACTORS = BODIES | {"academia", "business", "cabinet", "everybody", "industry", "nobody", "parliament", "staff", "youth"}
# The last word of a name that is several: "the UN Resident Coordinators and country teams".
CROWD_WORDS = frozenset({
    "agencies", "associations", "banks", "bodies", "centres", "commissions", "companies", "coordinators", "delegations",
    "ministries", "networks", "offices", "operators", "organizations", "organisations", "partners", "regulators",
    "representatives", "secretariats", "societies", "teams", "universities",
})  # fmt: skip
# States that take one, by a word of their name or by their code.
OF_A_PLACE = re.compile(r"(?:University|College|School) of ")
STATES = frozenset({"republic", "federation", "federated", "kingdom", "emirates", "states", "state", "territory"})
WITH_ARTICLE = frozenset({
    "BHS", "COD", "COG", "COK", "COM", "FLK", "FRO", "GMB", "MHL", "MNP", "NER", "NLD", "PHL", "SDN", "TCA", "VAT",
})  # fmt: skip
HUNDRED = 100
ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
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
    """Return the days of the report's meeting."""
    return days_between(report.meeting.first_day, report.meeting.last_day)


def days_between(first: date, last: date) -> str:
    """Return days in words: 4 October 2016, 4–6 October 2016, 30 September–2 October 2016."""
    if first == last:
        return day_of(first)
    if first.year != last.year:
        return f"{day_of(first)}–{day_of(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]}–{day_of(last)}"
    return f"{first.day}–{day_of(last)}"


def places(chapter: Chapter) -> str:
    """Return the paragraphs of a chapter as a contents tells them: paras. 6–12, para. 13, or nothing."""
    numbers = sorted({paragraph.number for paragraph in chapter.paragraphs})
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"{LABELS['paragraph']} {numbers[0]}"
    return f"{LABELS['paragraphs']} {numbers[0]}–{numbers[-1]}"


def number_in_words(number: int) -> str:
    """Return a number below ten thousand as it begins a sentence: "One hundred and sixteen"."""
    words = _spelt(number)
    return words[:1].upper() + words[1:]


def listed(names: Sequence[str], last: str = "and") -> str:
    """Return names as one phrase: "Bhutan, Fiji and Nepal", or "Fiji; Hong Kong, China; and Nepal"."""
    if len(names) < 2:  # noqa: PLR2004 -- a list needs two
        return "".join(names)
    if any("," in name for name in names):
        return f"{'; '.join(names[:-1])}; {last} {names[-1]}"
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def with_article(name: str) -> str:
    """Return the name as it stands inside a sentence: "the World Bank", "ESCAP", "the Islamic Republic of Iran"."""
    state = _states().get(name)
    spoken = state.spoken if state else name
    words = {word.casefold() for word in re.findall(r"\w+", spoken)}
    is_body = words & BODIES or OF_A_PLACE.match(name) or is_crowd(name)
    takes_it = (words & STATES or state.iso3 in WITH_ARTICLE) if state else is_body
    return f"the {spoken}" if takes_it and not spoken.casefold().startswith("the ") else spoken


def is_crowd(name: str) -> bool:
    """Whether the name is that of several: its last word, before "of" or "for", stands in the plural."""
    head = re.split(r" (?:of|for|in|to|on) |,| \(", name, maxsplit=1)[0].casefold()
    return head.rsplit(" ", 1)[-1] in CROWD_WORDS and not set(head.split()) & BODIES


def of(name: str) -> str:
    """Return "of" and the name, as the verb follows it: "of Fiji", "of Hong Kong, China,"."""
    return f"of {with_article(name)}{',' if name in _states() and ',' in name else ''}"


@cache
def _states() -> Mapping[str, Country]:
    return {name: one for one in all_countries() for name in one.names}


def _spelt(number: int) -> str:
    if number < len(ONES):
        return ONES[number]
    if number < HUNDRED:
        tens, rest = divmod(number, 10)
        return TENS[tens] + (f"-{ONES[rest]}" if rest else "")
    value, name = (1000, "thousand") if number >= 1000 else (HUNDRED, "hundred")  # noqa: PLR2004
    count, rest = divmod(number, value)
    joint = " and " if rest < HUNDRED else " "
    return f"{_spelt(count)} {name}" + (f"{joint}{_spelt(rest)}" if rest else "")
