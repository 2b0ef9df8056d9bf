"""The grammar of a report: verbs, openings, numbers in words and the past, as the file of its language gives them."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from eventapp.review.language.data import table, word_list

QUOTED = re.compile(r"[“\"][^”\"]*[”\"]|\([^()]*\)|\^\[[^\]]*\]")
WORD = re.compile(r"[\w’'-]+")
VOWELS = "aeiou"
WE = re.compile(r"\b(?P<we>[Ww]e) (?P<verb>\w+)")


def in_turn(section: str, name: str, turn: int) -> str:
    """Return one of the equal expressions of this name; each turn takes the next of them."""
    several: Sequence[str] = table(section)[name]
    return several[turn % len(several)]


def one_of(section: str, name: str) -> str:
    """Return the only expression of this name; '' where there is none."""
    found: str = table(section).get(name, "")
    return found


def how_many(delegations: int, took_the_floor: int) -> str:
    """Return how many delegations these are of those that took the floor, in the words of the outline."""
    limits = table("thresholds")
    if delegations < limits["few"]:
        return one_of("quantifiers", "one" if delegations == 1 else "two")
    if delegations < limits["some"]:
        return one_of("quantifiers", "few")
    if delegations >= took_the_floor:
        return one_of("quantifiers", "all")
    share = delegations / took_the_floor
    name = "most" if share >= limits["most"] else "half" if share >= limits["half"] else "some"
    return one_of("quantifiers", name)


def in_the_past(text: str, *, several: bool = False) -> str:
    """Return a clause as reported speech has it: present verbs become past, "we" becomes who spoke.

    What stands in quotation marks, in brackets or in a footnote stays as it was said.
    """
    pieces, start = list[str](), 0
    for found in QUOTED.finditer(text):
        pieces += [_shifted(text[start : found.start()], several=several), found[0]]
        start = found.end()
    return "".join([*pieces, _shifted(text[start:], several=several)])


def is_clause(text: str) -> bool:
    """Whether a text has a verb that is known, so that "that" may stand before it."""
    words = [word.lower() for word in WORD.findall(text)]
    return any(word in _verbs() for word in words) or any(_is_past(word) for word in words[1:])


def _is_past(word: str) -> bool:
    return len(word) > 4 and word.endswith("ed")  # noqa: PLR2004 -- "need" and "seed" are none


def _shifted(text: str, *, several: bool) -> str:
    text = WE.sub(lambda found: _without_we(found, several=several), text)
    before, pieces, start = "", list[str](), 0
    for found in WORD.finditer(text):
        word = found[0]
        pieces += [text[start : found.start()], _word(word, before, several=several)]
        before, start = word.lower(), found.end()
    return "".join([*pieces, text[start:]])


def _without_we(found: re.Match[str], *, several: bool) -> str:
    verb = found["verb"]
    if not several and verb == "are":
        verb = "is"
    return f"{found['we']} {_past_of(verb)}"


def _past_of(verb: str) -> str:
    """Return the past of a verb in its plain form, regular where no list has it; what is no such verb stays."""
    if verb in str(table("we_rules")["as_it_is"]).split() or _is_past(verb):
        return verb
    irregular: str | None = table("we").get(verb)
    if irregular:
        return irregular
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return f"{verb[:-1]}ied"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"


def _word(word: str, before: str, *, several: bool) -> str:
    low = word.lower()
    person = table("first_person").get(low)
    if person:
        named: str = person[several]
        return named.capitalize() if word[0].isupper() and low != "us" else named
    past: str | None = table("past").get(low) if word == low else None
    return word if past is None or before in _no_verb_behind() else past


@cache
def _no_verb_behind() -> frozenset[str]:
    return frozenset(str(table("past_rules")["no_verb_behind"]).split())


@cache
def _verbs() -> frozenset[str]:
    past: Mapping[str, str] = table("past")
    return frozenset((*past, *past.values(), *word_list("other_verbs"), *word_list("plural_verbs")))
