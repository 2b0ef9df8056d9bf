"""What the cells of a file say, as the codes that forms know: in any language of ours, by the code or by the words."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from flask_babel import force_locale

from eventapp.ground.tables.reading import NO_WORDS, YES_WORDS
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.text.policy import folded, search_key
from eventapp.ground.text.worded import text_in
from eventapp.meetings.models import Category
from eventapp.registration.application import GENDERS
from eventapp.registration.application import LANGUAGES as SPOKEN
from eventapp.vocabulary.countries import all_countries, names_in
from eventapp.vocabulary.data.state_names import UN_LANGUAGES
from eventapp.vocabulary.participants import DELEGATION_ROLES

BETWEEN = re.compile(r"[;,،\n]")
Words = Mapping[str, str]  # folded words → code


def in_every_language(pairs: Callable[[], Iterable[tuple[str, object]]]) -> dict[str, str]:
    """The codes of these (code, word) pairs by their words in each language of the product, and by themselves."""
    found = dict[str, str]()
    for tongue in LANGUAGES:
        with force_locale(tongue):
            found |= {folded(str(word)): code for code, word in pairs()}
    return found | {folded(code): code for code, _word in pairs()}


@cache
def roles_by_word() -> Words:
    """Places in a delegation."""
    return MappingProxyType(in_every_language(lambda: [(one.code, one.label) for one in DELEGATION_ROLES.values()]))


@cache
def genders_by_word() -> Words:
    return MappingProxyType(in_every_language(lambda: [(code, word) for code, word in GENDERS if code]))


@cache
def languages_by_word() -> Words:
    """The languages that somebody follows."""
    return MappingProxyType(in_every_language(lambda: SPOKEN))


@cache
def countries_by_word() -> Words:
    """Every country and area, by its codes and by every name that we know of it: short, formal, of ISO, in 2016."""
    found = dict[str, str]()
    for one in all_countries():
        spoken = (name for tongue in UN_LANGUAGES for name in names_in(one, tongue))
        for name in (*one.names, *spoken, one.iso2, one.iso3):
            found.setdefault(folded(name), one.iso3)
            found.setdefault(search_key(name), one.iso3)  # without accents
    return MappingProxyType(found)


@cache
def answers_by_word() -> Words:
    """Yes and no, as "yes" and ""."""
    own = in_every_language(lambda: [("yes", _("Yes")), ("", _("No"))])
    return MappingProxyType({**own, **dict.fromkeys(YES_WORDS, "yes"), **dict.fromkeys(NO_WORDS, "")})


def categories_by_word(categories: Sequence[Category]) -> dict[str, str]:
    """Types of participants, by the code or by the name in any language."""
    found = dict[str, str]()
    for tongue in LANGUAGES:
        with force_locale(tongue):
            found |= {folded(text_in(one, "name", tongue)[0]): one.code for one in categories}
    return found | {folded(one.code): one.code for one in categories}


def code_in(words: Words, cell: str) -> str:
    """The code that this cell means; the cell itself where it means none."""
    for way in (folded(cell), search_key(cell)):
        if way in words:
            return words[way]
    return cell


def several_in(words: Words, cell: str) -> Iterator[str]:
    """The codes in a cell that holds several, between commas or semicolons."""
    yield from (code_in(words, part.strip()) for part in BETWEEN.split(cell) if part.strip())
