"""The grammar of a report: verbs, openings, numbers in words and the past, as the file of its language gives them."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from eventapp.review.language.data import language_now, own, pattern, table, word_list

QUOTED = re.compile(r"[“\"][^”\"]*[”\"]|«[^»]*»|\([^()]*\)|\^\[[^\]]*\]")
WORD = re.compile(r"[\w’'-]+")
VOWELS = "aeiou"


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


def in_the_past(text: str, *, several: bool = False, behind: str = "") -> str:
    """Return a clause as reported speech has it: present verbs become past, "we" becomes who spoke.

    What stands in quotation marks, in brackets or in a footnote stays as it was said. `behind` is a word that stands
    before the text in its clause.
    """
    pieces, start = list[str](), 0
    for found in QUOTED.finditer(text):
        pieces += [_shifted(text[start : found.start()], behind, several=several), found[0]]
        start = found.end()
    return "".join([*pieces, _shifted(text[start:], behind, several=several)])


def is_clause(text: str) -> bool:
    """Whether a text has a verb that is known, so that "that" may stand before it."""
    words = [word.lower() for word in WORD.findall(text)]
    known = _verbs(language_now(), own("past"))
    return any(word in known for word in words) or any(_is_past(word) for word in words[1:])


def _is_past(word: str) -> bool:
    return pattern("finite").fullmatch(word) is not None  # "need" and "seed" are none


def _shifted(text: str, behind: str, *, several: bool) -> str:
    for find, one, other in table("past_rules")["rewrites"]:
        text = re.sub(find, other if several else one, text)
    text = pattern("we").sub(lambda found: _without_we(found, several=several), text)
    seen, pieces, start, known = behind.split(), list[str](), 0, _changing()
    for found in WORD.finditer(text):
        gap = text[start : found.start()]
        seen = [] if gap.strip() else seen  # another clause begins behind a comma
        pieces += [gap, _word(found, known, seen, several=several)]
        seen.append(found[0].lower())
        start = found.end()
    return "".join([*pieces, text[start:]])


def _without_we(found: re.Match[str], *, several: bool) -> str:
    verb = found["verb"]
    if not several:
        verb = str(table("we_rules")["singular"].get(verb, verb))
    return f"{found['we']} {found['between']}{_past_of(verb, several=several)}"


def _past_of(verb: str, *, several: bool) -> str:
    """Return the past of a verb in its plain form, regular where no list has it; what is no such verb stays."""
    if verb in str(table("we_rules")["as_it_is"]).split():
        return verb
    irregular: str | None = table("we").get(verb)
    if irregular:
        return irregular
    endings: Sequence[Sequence[str]] = table("we_rules")["endings"]
    for end, one, other in endings:
        if verb.endswith(end):
            return verb.removesuffix(end) + (other if several else one)
    if endings or _is_past(verb):
        return verb
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return f"{verb[:-1]}ied"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"


def _behind(word: re.Match[str]) -> str:
    """Return the word that follows in the same clause; '' where none does."""
    text, end = word.string, word.end()
    found = WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    return found[0].lower() if found else ""


class Changing(NamedTuple):
    """The tables of words that change, asked for once for all words of a clause."""

    person: Mapping[str, Sequence[str]]
    past: Mapping[str, str]
    plural: Mapping[str, str]
    before: Mapping[str, str]


def _changing() -> Changing:
    return Changing(*map(table, ("first_person", "past", "past_plural", "past_before")))


def _word(found: re.Match[str], known: Changing, seen: Sequence[str], *, several: bool) -> str:
    word, before = found[0], seen[-1] if seen else ""
    low = word.lower()
    person = known.person.get(low)
    if person:
        named = person[several]
        return named.capitalize() if word[0].isupper() and low != "us" else named
    past: str | None = known.past.get(low.replace("’", "'")) if word == low else None
    if past is None and word == low:  # most words are in neither table, and what is before them need not be looked at
        several_do, before_it = known.plural.get(low), known.before.get(low)
        past = several_do if several_do is not None and _are_several(seen) else None
        if past is None and before_it is not None and seen and _behind(found) in _then(language_now()):
            past = before_it
    if past is None or before in _no_verb_behind(language_now()):
        return word
    return past.replace("'", "’") if "’" in word else past


def _are_several(seen: Sequence[str]) -> bool:
    """Whether the words before are those of several who do something, and not whom somebody lets or helps do it."""
    rules = table("past_rules")
    if not seen or not set(seen).isdisjoint(str(rules["does_not_do"]).split()):
        return False
    last = seen[-1]
    if last in table("past") and not (len(seen) > 1 and seen[-2] in _no_verb_behind(language_now())):
        return False  # "needs" in "a guide needs support" is the verb
    return last in str(rules["several"]).split() or re.fullmatch(rules["plural"], last) is not None


@cache
def _no_verb_behind(_language: str) -> frozenset[str]:
    return frozenset(str(table("past_rules")["no_verb_behind"]).split())


@cache
def _then(_language: str) -> frozenset[str]:
    return frozenset(str(table("past_rules")["then"]).split())


@cache
def _verbs(_language: str, _own: Sequence[tuple[str, str]]) -> frozenset[str]:
    past: Mapping[str, str] = table("past")
    return frozenset((*past, *past.values(), *word_list("other_verbs"), *word_list("plural_verbs")))
