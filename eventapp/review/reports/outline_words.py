"""The words of an outline: what it says otherwise than the grammar of a language, and what is wrong with it.

Each table is one of the grammar (`eventapp/review/language/…/grammar.….toml`), with some of its entries.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from string import Formatter
from typing import Any

from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.notes import NOTE_KINDS

Tables = Mapping[str, Mapping[str, Any]]  # of a grammar: TOML, checked when the outline is read

NUMBERS = ("one", "two", "few", "some", "half", "most", "all")
LIMITS, SHARES = ("few", "some"), ("half", "most")
LEAST = 3  # delegations from which a word stands for their number
LONGEST = 300  # characters
WORD = re.compile(r"[^\W\d_][\w’'-]*")


class FaultyWords(Exception):  # noqa: N818 -- the answer to a file, not a failure of ours
    """What is wrong with the words of an outline; `table` and `word` are where."""

    def __init__(self, sentence: str, table: str, word: str = "") -> None:
        super().__init__(sentence)
        self.table, self.word = table, word


def read_words(written: object, languages: tuple[str, ...]) -> dict[str, Tables]:
    """Return the tables of each language; raise FaultyWords with the first fault in them."""
    if not isinstance(written, dict) or set(written) - set(languages):
        raise FaultyWords(f"words may be only of: {', '.join(languages)}, as in [words.en.quantifiers].", "words")
    return {language: dict(_tables(language, tables)) for language, tables in written.items()}


def _tables(language: str, tables: object) -> Iterator[tuple[str, Mapping[str, Any]]]:  # TOML
    at = f"words.{language}"
    if not isinstance(tables, dict):
        raise FaultyWords(f"{at} has tables, as [{at}.quantifiers].", "words", language)
    for name, entries in tables.items():
        if name not in CHECKS or not isinstance(entries, dict):
            raise FaultyWords(f"{at} may have only the tables: {', '.join(CHECKS)}.", f"{at}.{name}", name)
        for word, value in entries.items():
            if fault := CHECKS[name](word, value):
                raise FaultyWords(f"{name}.{word}: {fault}", f"{at}.{name}", word)
        if name == "thresholds" and (fault := _in_order(entries)):
            raise FaultyWords(f"{name}: {fault}", f"{at}.{name}")
        yield name, entries


Check = Callable[[str, object], str]


def _texts(words: Mapping[str, object] | tuple[str, ...] | None, *parts: str, needs: bool = False) -> Check:
    """Check a text for each of these words, or for any; {…} in it may only be these `parts`, which it may need."""

    def check(word: str, value: object) -> str:
        if words is not None and word not in words:
            return f"this may be only: {', '.join(one for one in words if one)}."
        return _text(value, parts, needs=needs)

    return check


def _lists(words: Mapping[str, object] | tuple[str, ...], *parts: str, needs: bool = False) -> Check:
    """Check a list of texts that mean the same."""
    one = _texts(words, *parts, needs=needs)

    def check(word: str, value: object) -> str:
        if not isinstance(value, list) or not value:
            return "this is a list of texts that mean the same, one at least."
        return next(filter(None, (one(word, text) for text in value)), "")

    return check


def _text(value: object, parts: tuple[str, ...], *, needs: bool) -> str:
    if not isinstance(value, str) or len(value) > LONGEST or "\n" in value:
        return f"this is a text of {LONGEST} characters at most, in one line."
    try:
        found = [name for _before, name, _form, _turn in Formatter().parse(value) if name is not None]
    except ValueError:
        return "a { or } is not closed."
    if strange := [name for name in found if name not in parts]:
        allowed = ", ".join(f"{{{one}}}" for one in parts)
        return f"{{{strange[0]}}} may not stand here; {f'only {allowed}' if allowed else 'no braces'}."
    missing = [one for one in parts if needs and one not in found]
    return f"{{{missing[0]}}} is missing." if missing else ""


def _connector(word: str, value: object) -> str:
    lists = ("also", "again")
    return _lists(lists)(word, value) if word in lists else _texts(("result", *lists))(word, value)


def _added(word: str, value: object) -> str:
    return _lists(("active", "impersonal", "meeting"), "it", "a")(word, value)


def _threshold(word: str, value: object) -> str:
    if word in LIMITS:
        is_right = isinstance(value, int) and not isinstance(value, bool) and value >= LEAST
        return "" if is_right else f"this is a whole number of delegations, {LEAST} at least."
    if word in SHARES:
        return "" if isinstance(value, float) and 0 < value < 1 else "this is a share between 0 and 1, as 0.5."
    return f"this may be only: {', '.join((*LIMITS, *SHARES))}."


def _in_order(entries: Mapping[str, Any]) -> str:  # TOML, checked one by one already
    """Say what is wrong between thresholds; what the outline does not say is as the grammar has it."""
    has = {"few": 3, "some": 6, "half": 0.5, "most": 0.75} | dict(entries)
    if has["few"] >= has["some"]:
        return "few has to be below some."
    return "half has to be below most." if has["half"] >= has["most"] else ""


def _past(word: str, value: object) -> str:
    """Check a verb and its past; the same word twice says that it stays as it is."""
    if not WORD.fullmatch(word) or word != word.lower():
        return "a verb is one word in small letters, as grow."
    if (
        not isinstance(value, str)
        or not value.strip()
        or value != value.strip()
        or not all(map(WORD.fullmatch, value.split()))
    ):
        return "this is the past of a verb in a word or two, as grew."
    return _text(value, (), needs=False)


def _short_form(word: str, value: object) -> str:
    if not re.fullmatch(r"\w+", word) or word != word.lower():
        return "a short form is one word in small letters."
    return _texts(None)(word, value)


CHECKS: Mapping[str, Check] = {
    "active": _lists(NOTE_KINDS, "also", "a"),
    "impersonal": _lists(NOTE_KINDS),
    "meeting": _texts(NOTE_KINDS),
    "added": _added,
    "connectors": _connector,
    "opening": _lists(("views", "practices"), "many", "topic", needs=True),
    "quantifiers": _texts(NUMBERS),
    "thresholds": _threshold,
    "topics": _texts(ACTION_LINES),
    "headings": _texts({"": "", **ACTION_LINES}),
    "synonyms": _short_form,
    **dict.fromkeys(("past", "past_plural", "past_before", "we"), _past),
}
