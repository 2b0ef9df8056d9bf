"""Action lines and goals for a text as it is typed, each with the words that speak for it. Only ever a suggestion.

`words.json` says which words speak for what, and how clearly. A longer phrase silences the weak words inside it, and
phrases that speak for nothing ("business climate") all of them. Where nothing is said about information and
communication, a word counts little for an action line. The WSIS-SDG Matrix decides among goals that the text speaks for
about equally. The page does the same in static/record/suggest.js, so that it works without a network; a test keeps
the two equal.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from eventapp.ground.db.types import Record
from eventapp.vocabulary.matrix import MATRIX

CLEAR = 4.0  # a tag needs so much for itself: one word that is plainly about it, or two that hint at it
SHARE = {"goals": 0.3, "action_lines": 0.5}  # and so much of what the best of its kind has: one line is often meant,
PLAIN = 6.0  # or so much: a passage is often about two things
MOST = 5
REPEATED, REPEATS = 0.25, 2  # a word said again counts a quarter, twice at most
APART = 0.25  # what a word counts for an action line where nothing in the text is about information and communication
LINKED = 0.5  # what a link of the Matrix with the best line is worth
WEAK = 2
STEM = 3  # an open-ended word of the list has so many letters at least
LONG, IES = 3, 4
KEEP_S = ("aids", "news")  # no plurals
NEITHER = ""  # the tag of phrases that speak for nothing: "business climate"


class Entry(NamedTuple):
    """A phrase of the list: its words, which may end in a star, and how clearly it speaks for its tag."""

    tag: str
    words: tuple[str, ...]
    weight: int


class Match(NamedTuple):
    """A phrase where it was found in the text: from one word to before another."""

    entry: Entry
    start: int
    end: int


@dataclass(frozen=True)
class Hint:
    """One suggested tag, how much speaks for it, and the words that do, the clearest first."""

    tag: str
    score: float
    words: tuple[str, ...]

    def times(self, share: float) -> "Hint":
        """The same, worth so much of it."""
        return replace(self, score=self.score * share)


@dataclass(frozen=True)
class Hints:
    """What a text is about, as far as its words tell; best first."""

    goals: tuple[Hint, ...]
    action_lines: tuple[Hint, ...]


def hints_for(text: str) -> Hints:
    """The action lines and goals that this text speaks of, at most five each. English words only."""
    tokens = tokens_of(text)
    share = 1.0 if found(tokens, "digital") else APART
    lines = ranked([one.times(share) for one in scores(found(tokens, "action_lines"), tokens)], "action_lines")
    linked = MATRIX.get(lines[0].tag, {}) if lines else {}
    goals = [
        Hint(hint.tag, hint.score + (LINKED if int(hint.tag) in linked else 0), hint.words)
        for hint in scores(found(tokens, "goals"), tokens)
    ]
    return Hints(goals=ranked(goals, "goals"), action_lines=lines)


def tokens_of(text: str) -> list[str]:
    """The words of a text in one form: small letters, no accents, no plural s."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return [singular(word) for word in re.findall(r"[a-z0-9]+", plain)]


def singular(word: str) -> str:
    if word in KEEP_S:
        return word
    if len(word) > IES and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("sses"):
        return word[:-2]
    if len(word) > LONG and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def found(tokens: list[str], group: str) -> list[Match]:
    """Every phrase of this group that stands in the text, weak ones inside a longer phrase left out."""
    index = entries(group)
    matches = [
        Match(entry, start, start + len(entry.words))
        for start, token in enumerate(tokens)
        for entry in (*index.get(token, ()), *index.get(token[:STEM] + "*", ()))
        if stands(entry.words, tokens, start)
    ]
    return [match for match, near in beside(matches) if match.entry.tag != NEITHER and not silenced(match, near)]


def beside(matches: list[Match]) -> Iterator[tuple[Match, list[Match]]]:
    """Each match with those that can reach over it: of a long text, few."""
    reach = max((match.end - match.start for match in matches), default=0)
    by_start: dict[int, list[Match]] = {}
    for match in matches:
        by_start.setdefault(match.start, []).append(match)
    for match in matches:
        starts = range(match.start - reach + 1, match.start + 1)
        yield match, [other for start in starts for other in by_start.get(start, ())]


def stands(words: tuple[str, ...], tokens: list[str], start: int) -> bool:
    if start + len(words) > len(tokens):
        return False
    pairs = zip(words, tokens[start : start + len(words)], strict=True)
    return all(token.startswith(word[:-1]) if word.endswith("*") else token == word for word, token in pairs)


def silenced(match: Match, near: list[Match]) -> bool:
    return any(silences(other, match) for other in near)


def silences(other: Match, match: Match) -> bool:
    """Whether a longer phrase covers this one: of the same tag or of none, or of any where this one is weak."""
    longer = other.end - other.start > match.end - match.start
    covers = other.start <= match.start and match.end <= other.end
    return longer and covers and (other.entry.tag in (match.entry.tag, NEITHER) or match.entry.weight <= WEAK)


def scores(matches: list[Match], tokens: list[str]) -> list[Hint]:
    """What speaks for each tag, in the order of the list."""
    by_tag: dict[str, dict[Entry, list[Match]]] = {}
    for match in matches:
        by_tag.setdefault(match.entry.tag, {}).setdefault(match.entry, []).append(match)
    return [hint(tag, phrases, tokens) for tag, phrases in by_tag.items()]


def hint(tag: str, phrases: Mapping[Entry, list[Match]], tokens: list[str]) -> Hint:
    score = sum(entry.weight * (1 + REPEATED * min(len(all_) - 1, REPEATS)) for entry, all_ in phrases.items())
    clearest = sorted(phrases.items(), key=lambda pair: (-pair[0].weight, pair[1][0].start))
    words = [" ".join(tokens[all_[0].start : all_[0].end]) for _entry, all_ in clearest]
    return Hint(tag, score, tuple(dict.fromkeys(words)))


def ranked(hints: list[Hint], group: str) -> tuple[Hint, ...]:
    """Those of this group that enough speaks for, the best first; as many as anybody reads."""
    order = list(listed()[group])
    best = max((one.score for one in hints), default=0)
    enough = [one for one in hints if one.score >= max(CLEAR, min(PLAIN, SHARE[group] * best))]
    return tuple(sorted(enough, key=lambda one: (-one.score, order.index(one.tag)))[:MOST])


@cache
def shipped() -> str:
    """The list as JSON."""
    return files(__package__).joinpath("words.json").read_text(encoding="utf-8")


@cache
def listed() -> dict[str, dict[str, dict[str, list[str]]]]:
    """The list as it ships: group -> tag -> weight -> phrases."""
    read: Record = json.loads(shipped())
    return {group: read[group] for group in ("goals", "action_lines", "digital", "neither")}


@cache
def entries(group: str) -> Mapping[str, tuple[Entry, ...]]:
    """The phrases of a group by their first word, or by the first letters of it where it is open-ended."""
    index: dict[str, list[Entry]] = {}
    for tag, weights in {**listed()[group], **listed()["neither"]}.items():
        seen: set[tuple[str, ...]] = set()
        for weight, phrases in weights.items():  # the highest weight first
            for phrase in phrases:
                words = tuple(form(word) for word in re.findall(r"[a-z0-9]+\*?", phrase))
                if words not in seen:
                    seen.add(words)
                    start = words[0][:STEM] + "*" if words[0].endswith("*") else words[0]
                    index.setdefault(start, []).append(Entry(tag, words, int(weight)))
    return {start: tuple(found_) for start, found_ in index.items()}


def form(word: str) -> str:
    return word if word.endswith("*") else singular(word)
