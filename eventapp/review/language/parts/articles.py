"""Articles and elision, for a language that has them in its data: "la France", "du Japon", "d’Iran", "qu’elle".

A State is known by its English name or code and written in the language of the report; `[articles]` of the grammar says
which article it takes, by its code or by the word that its name begins with, and so for organizations.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache

from eventapp.review.language.data import language_now, table
from eventapp.vocabulary.countries import Country, all_countries, name_in_sentence

LA, LE, LES, NONE = "la", "le", "les", "none"


def has_articles() -> bool:
    """Whether the language of the report has its articles in the data."""
    return bool(table("articles"))


def joined(head: str, words: str) -> str:
    """Return a head and the words behind it; a word that is elided before a vowel is: "noté qu’elle"."""
    rest, _blank, last = head.rpartition(" ")
    short = table("elision").get(last)
    if short is None or not _begins_with_vowel(words):
        return f"{head} {words}"
    return f"{rest} {short}{words}" if rest else f"{short}{words}"


def named(name: str) -> str:
    """Return a name with its article as a sentence has it: "la France", "l’Iran", "UIT"."""
    shown, article = _shown(name)
    if article == NONE:
        return shown
    if article != LES and _begins_with_vowel(shown):
        return f"l’{shown}"
    return f"{article} {shown}"


def of_named(name: str) -> str:
    """Return "of" and the name: "de la France", "du Japon", "des Fidji", "d’Iran"."""
    shown, article = _shown(name)
    if article == NONE:
        return joined("de", shown)
    if article != LES and _begins_with_vowel(shown):
        return f"de l’{shown}"
    contracted: Mapping[str, str] = table("articles")["of"]
    return f"{contracted[article]} {shown}"


def _shown(name: str) -> tuple[str, str]:
    """Return the name in the language of the report, and its article."""
    state = _states().get(name)
    articles = table("articles")
    if state is None:
        first = name.split(" ", 1)[0].casefold()
        return name, _listed(articles["heads"], first) or (LA if len(name) > 1 and _is_vowel_acronym(name) else NONE)
    shown = name_in_sentence(state, language_now())
    first = shown.split(" ", 1)[0].casefold()
    by_code, by_word = _listed(articles["states"], state.iso3), _listed(articles["state_heads"], first)
    return shown, by_code or by_word or (LA if shown.endswith("e") else LE)


def _is_vowel_acronym(name: str) -> bool:
    """Whether it is an acronym that is read with an elided article: "l’UIT"."""
    return name.isupper() and name.isalpha() and _begins_with_vowel(name)


def _listed(lists: Mapping[str, str], word: str) -> str:
    return next((article for article, words in lists.items() if word in words.split()), "")


def _begins_with_vowel(words: str) -> bool:
    first = words.lstrip("“«\"' ")
    plain = unicodedata.normalize("NFD", first[:1].casefold())[:1]
    if plain == "h":
        spoken: str = table("articles").get("spoken_h", "")
        return not any(first.casefold().startswith(one) for one in spoken.split())
    return plain != "" and plain in "aeiouœæ"


@cache
def _states() -> Mapping[str, Country]:
    return {name: one for one in all_countries() for name in one.names}
