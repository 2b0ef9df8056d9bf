"""The fixed words of a report, in the report's own language, whatever the language of the screen."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from eventapp.review.language.data import language_now, pattern, phrases, sentence, word_list
from eventapp.review.language.parts.articles import has_articles, named, of_named
from eventapp.review.reports.content import Paragraph, Report
from eventapp.review.reports.parts import Correction, Matter
from eventapp.vocabulary.countries import Country, all_countries, state_in

LABELS = phrases("labels")
DATES, LISTS = phrases("dates"), phrases("lists")
DISTRIBUTION_NAMES = phrases("distributions")
LANGUAGE_NAMES = phrases("languages")
# A source when only its category may be said: in a list, and as the subject of a sentence.
CATEGORY_NAMES = phrases("category_names")
CATEGORY_VOICES = phrases("category_voices")
CATEGORY_CROWDS = phrases("category_crowds")
# Who held a view that may not be attributed, by the support it had; where none is given it was the meeting.
CROWDS = phrases("crowds")
RECEPTIONS = phrases("receptions")
# The same inside a sentence.
RECEIVED = phrases("received")
# Names that take an article: "the Ministry of …".
BODIES = frozenset(word_list("bodies"))
# What may do something without a name of its own.
ACTORS = BODIES | set(word_list("actors"))
# The last word of a name that is several: "the UN Resident Coordinators and country teams".
CROWD_WORDS = frozenset(word_list("crowd_words"))
# States that take one, by a word of their name or by their code.
OF_A_PLACE = pattern("of_a_place")
STATES = frozenset(word_list("state_words"))
WITH_ARTICLE = frozenset(word_list("with_article"))
HUNDRED = 100


def day_of(day: date) -> str:
    """Return a day as the record writes it: 4 October 2016."""
    return DATES["day"].format(day=_day(day), month=word_list("months")[day.month - 1], year=day.year)


def _day(day: date) -> str:
    return DATES["first"] if day.day == 1 else str(day.day)


def days_of(report: Report) -> str:
    """Return the days of the report's meeting."""
    return days_between(report.meeting.first_day, report.meeting.last_day)


def days_between(first: date, last: date) -> str:
    """Return days in words: 4 October 2016, 4–6 October 2016, 30 September–2 October 2016."""
    if first == last:
        return day_of(first)
    form = "between" if first.year != last.year else "in_year" if first.month != last.month else "in_month"
    month = word_list("months")[first.month - 1]
    return DATES[form].format(one=day_of(first), other=day_of(last), day=_day(first), month=month)


def facts_of(report: Report) -> tuple[str, ...]:
    """Return what stands in the corner of a report: who gets it, of which day it is, and its language."""
    head = report.masthead
    language = f"{LABELS['original']} {head.original}" if head else LABELS["only"]
    return f"{LABELS['distribution']} {report.distribution}", day_of(report.issued_on), language


def matter_line(matter: Matter) -> str:
    """Return a matter as it is printed: by how many and in which paragraph stands before its full stop."""
    stop = matter.text[-1:] if matter.text.endswith((".", "!", "?")) else ""
    return f"{matter.text.removesuffix(stop)} ({matter.by}, {LABELS['paragraph']} {matter.paragraph}){stop}"


def correction_line(one: Correction) -> str:
    """Return a correction as it stands beside its paragraph."""
    return sentence("correction", document=one.document, wrong=one.wrong, reading=one.reading)


def places(paragraphs: Iterable[Paragraph]) -> str:
    """Return paragraphs as a contents tells them: paras. 6–12, para. 13, or nothing."""
    numbers = sorted({paragraph.number for paragraph in paragraphs})
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"{LABELS['paragraph']} {numbers[0]}"
    return f"{LABELS['paragraphs']} {numbers[0]}–{numbers[-1]}"


def number_in_words(number: int) -> str:
    """Return a number below ten thousand as it begins a sentence: "One hundred and sixteen"."""
    words = _spelt(number)
    return words[:1].upper() + words[1:]


def listed(names: Sequence[str]) -> str:
    """Return names as one phrase: "Bhutan, Fiji and Nepal", or "Fiji; Hong Kong, China; and Nepal"."""
    if len(names) < 2:  # noqa: PLR2004 -- a list needs two
        return "".join(names)
    if any("," in name for name in names):
        return f"{'; '.join(names[:-1])}{LISTS['last_apart']}{names[-1]}"
    return f"{', '.join(names[:-1])}{LISTS['last']}{names[-1]}"


def in_lists(name: str) -> str:
    """Return a State's name as a list in the language of the report has it; any other name as it is written."""
    return state_in(name, language_now())


def with_article(name: str) -> str:
    """Return the name as it stands inside a sentence: "the World Bank", "ESCAP", "the Islamic Republic of Iran"."""
    if has_articles():
        return named(name)
    state = _states().get(name)
    spoken = state.spoken if state else name
    words = {word.casefold() for word in re.findall(r"\w+", spoken)}
    is_body = words & BODIES or OF_A_PLACE.match(name) or is_plural(name)
    takes_it = (words & STATES or state.iso3 in WITH_ARTICLE) if state else is_body
    return f"the {spoken}" if takes_it and not spoken.casefold().startswith("the ") else spoken


def is_plural(name: str) -> bool:
    """Whether the name is that of several: its last word, before "of" or "for", stands in the plural."""
    head = re.split(r" (?:of|for|in|to|on) |,| \(", name, maxsplit=1)[0].casefold()
    return head.rsplit(" ", 1)[-1] in CROWD_WORDS and not set(head.split()) & BODIES


def of(name: str) -> str:
    """Return "of" and the name, as the verb follows it: "of Fiji", "of Hong Kong, China,"."""
    if has_articles():
        return of_named(name)
    return f"of {with_article(name)}{',' if name in _states() and ',' in name else ''}"


@cache
def _states() -> Mapping[str, Country]:
    return {name: one for one in all_countries() for name in one.names}


def _spelt(number: int) -> str:
    ones, tens_in_words = word_list("ones"), word_list("tens")
    if number < len(ones):
        return ones[number]
    if tens_in_words == ("-",):
        return str(number)  # the language writes it in figures
    if number < HUNDRED:
        tens, rest = divmod(number, 10)
        return tens_in_words[tens - 2] + (f"-{ones[rest]}" if rest else "")
    value, name = (1000, "thousand") if number >= 1000 else (HUNDRED, "hundred")  # noqa: PLR2004
    count, rest = divmod(number, value)
    joint = " and " if rest < HUNDRED else " "
    return f"{_spelt(count)} {name}" + (f"{joint}{_spelt(rest)}" if rest else "")
