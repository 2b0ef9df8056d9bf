"""A neutral wording: what a note says without whoever said it, for a report that attributes nothing.

It is proposed from the words of the note and its kind by the rules of `neutral.toml`, and checked wherever one is kept:
it names neither the speaker nor the delegation, no State is the subject of a sentence, nobody speaks in it as "we", and
it has no figure that the note does not have.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Protocol

from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _
from eventapp.record.reading.data import neutral_words
from eventapp.record.reading.figures import figures_in, value_of
from eventapp.record.reading.tongue import spoken_in
from eventapp.vocabulary.called import called, initials
from eventapp.vocabulary.countries import all_countries, country, names_in

SHORTEST = 3  # letters of a name that can be looked for
TONGUES = ("en", "fr", "es")  # in which a State is known by its name
SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]*\s*")
SUBJECT = "{subject}"  # whoever spoke, in the words for their kind
VERB = "¦"  # behind a subject that was "we": its verb follows
OF_A_NAME = re.compile(r"\w[\w’-]* [A-Z][\w’-]* $")  # before "Bangladesh" in "the strategy Smart Bangladesh 2041"
COUNTED = ("one-voice", "some", "divided")  # supports by which it was not the meeting
SEVERAL_NAMES = 2  # words of a whole name, of which the last is the family's


class Spoken(Protocol):
    """What is known of a note's words and of whoever said them."""

    @property
    def kind(self) -> str: ...
    @property
    def support(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def speaker(self) -> str: ...
    @property
    def organization(self) -> str: ...
    @property
    def stakeholder_type(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def figures(self) -> Sequence[tuple[str, str]]: ...


def fault_in_neutral(words: str, note: Spoken) -> str:
    """Return what is wrong with a neutral wording of this note, in a sentence; '' where it names nobody."""
    named = next((name for name in names_of(note) if _stands_in(name, words)), "") or _subject(words, note.language)
    if named:
        return _(
            "This wording names %(name)s. Write it without: “one Government …”, “it was stated that …”.", name=named
        )
    person = _first_person(words, note.language)
    if person:
        return _("Somebody speaks in this wording: “%(word)s”. Write it as others would tell it.", word=person)
    known = {one.value for one in figures_in(note.text)} | {value_of(figure) for figure, _source in note.figures}
    strange = next((one.words for one in figures_in(words) if one.value not in known), "")
    return _("The note does not say “%(figure)s”.", figure=strange) if strange else ""


def proposed(note: Spoken) -> str:
    """Return the words of the note in a neutral form that suits its kind; '' where they are neutral already, or no rule
    makes them so. What is quoted is never rewritten: it stands between quotation marks, or has no proposal.
    """
    rules = neutral_words().get(spoken_in(note.text, note.language))
    if rules is None or not note.text or not fault_in_neutral(note.text, note):
        return ""
    quoted = rules["kinds"].get(note.kind, {}).get("quoted", "")
    bare = note.text.strip(' “”"«»')
    found = quoted.format(words=bare) if quoted else _without_we(_Neutral(note, rules).text(), rules)
    return found if not fault_in_neutral(found, note) else ""


def names_of(note: Spoken) -> tuple[str, ...]:
    """Return what whoever said the note is called: the person, the organization and the State, the longest first."""
    bodies = [one for one in (*called(note.organization), initials(note.organization)) if one]
    family = note.speaker.split()[-1:] if len(note.speaker.split()) >= SEVERAL_NAMES else []
    found = {note.speaker, *family, *bodies, *_state_names(note.country), *_state_names(_code_of(note.organization))}
    return tuple(sorted((one for one in found if len(one) >= SHORTEST), key=lambda one: (-len(one), one)))


@cache
def _state_names(code: str) -> tuple[str, ...]:
    one = country(code) if code else None
    return (
        tuple(dict.fromkeys((*one.names, *(way for tongue in TONGUES for way in names_in(one, tongue))))) if one else ()
    )


@cache
def _states() -> Mapping[str, str]:
    return {name: one.iso3 for one in all_countries() for name in _state_names(one.iso3)}


def _code_of(organization: str) -> str:
    return next((_states()[one] for one in called(organization) if one in _states()), "") if organization else ""


def _stands_in(name: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


def _subject(words: str, language: str) -> str:
    """Return the State that a sentence begins with, any of them: "Fiji has built …", "The Government of Fiji …"."""
    rules = neutral_words().get(spoken_in(words, language), {})
    before = "|".join(map(re.escape, rules.get("before_a_state", ())))
    for piece in SENTENCE.findall(words):
        head = re.sub(rf"^(?:{before})", "", piece) if before else piece
        first = head.split(" ", 1)[0]
        for name in _by_first_word().get(first.strip(",.;’'"), ()):
            if re.match(rf"{re.escape(name)}(?![\w-])", head):
                return name
    return ""


@cache
def _by_first_word() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(_states(), key=len, reverse=True):
        found.setdefault(name.split(" ", 1)[0].strip(","), []).append(name)
    return found


def _first_person(words: str, language: str) -> str:
    """Return the first word in which somebody speaks; what is quoted is not looked at, and "US" is a State."""
    known = set(neutral_words().get(spoken_in(words, language), {}).get("first_person", "").split())
    plain = re.sub(r"[“\"«][^”\"»]*[”\"»]", " ", words)
    loud = (one for one in re.findall(r"[^\W\d_]+", plain) if one == "I" or not one.isupper())
    return next((one for one in loud if one.lower() in known), "")


class _Neutral:
    """One note, as it is rewritten: from left to right, for the first mention introduces whoever is spoken of."""

    def __init__(self, note: Spoken, rules: Record) -> None:
        self.note, self.rules, self.is_introduced = note, rules, False
        self.subject: str = rules["subjects"].get(note.stakeholder_type or self._kind(), rules["subjects"][""])
        names = "|".join(map(re.escape, names_of(note))) or "(?!)"
        parts = {"name": rf"(?:\b(?:{names})(?!\w| [A-Z0-9]))"}
        parts["np"] = f"(?:{_filled(rules['np'], parts)})"
        parts["who"] = _filled(rules["who"], parts)
        parts["says"] = "|".join(sorted(map(re.escape, rules["says"]), key=len, reverse=True))
        known = rules["kinds"].get(note.kind, {})
        of_the_kind: Sequence[tuple[str, str, str]] = known.get("rewrites", ())
        if note.support in COUNTED:
            of_the_kind = known.get("doubted", of_the_kind)
        self.rewrites = (*of_the_kind, *rules["rewrites"])
        self.own = len(of_the_kind)
        patterns = [*(one[0] for one in of_the_kind), rules["statement"], *(one[0] for one in rules["rewrites"])]
        marked = (rf"(?P<r{at}>(?<!\w){_filled(one, parts)})" for at, one in enumerate(patterns))
        self.pattern = re.compile("|".join(marked))

    def _kind(self) -> str:
        return "government" if self.note.country or _code_of(self.note.organization) else ""

    def text(self) -> str:
        """Return the words, each of those who spoke told in the words of the rules."""
        return "".join(self._pieces())

    def _pieces(self) -> Iterator[str]:
        start, text = 0, self.note.text
        for found in self.pattern.finditer(text):
            yield text[start : found.start()]
            begins = not text[: found.start()].strip() or re.search(r"[.!?:]\s+$", text[: found.start()]) is not None
            now = self._instead(found)
            yield now[:1].upper() + now[1:] if begins and found[0][:1].isupper() else now
            start = found.end()
        yield text[start:]

    def _instead(self, found: re.Match[str]) -> str:
        if found[0][:1].isupper() and OF_A_NAME.search(self.note.text[: found.start()]):
            return found[0]
        if found["says"]:
            words = str(self.rules["said"]).format(verb=self.rules["says"][found["says"]])
            return f"{words} {self._introduced()}" if found["it"] else words
        places = [at if at < self.own else at + 1 for at in range(len(self.rewrites))]  # the statement stands between
        first, later = next(
            one[1:] for at, one in zip(places, self.rewrites, strict=True) if found[f"r{at}"] is not None
        )
        now: str = later if self.is_introduced else first
        self.is_introduced = self.is_introduced or SUBJECT in first or first in self.rules["introduces"]
        return str(now).replace(SUBJECT, self.subject)

    def _introduced(self) -> str:
        self.is_introduced = True
        return self.subject


def _filled(written: str, parts: Mapping[str, str]) -> str:
    """Put the parts in their places; a pattern has braces of its own."""
    for name, part in parts.items():
        written = written.replace(f"{{{name}}}", part)
    return written


def _without_we(text: str, rules: Record) -> str:
    """Put the verb behind a subject that was "we" in the form it has behind one."""
    pattern = rf"{VERB}(?P<space> ?)(?P<between>(?:(?:{rules['between']}) )*)(?P<verb>[\w’']+)"
    return re.sub(
        pattern, lambda found: f"{found['space']}{found['between']}{_of_one(found['verb'], rules)}", text
    ).replace(VERB, "")


def _of_one(verb: str, rules: Record) -> str:
    if verb in rules["verbs"]:
        return str(rules["verbs"][verb])
    if verb in rules["as_it_is"].split() or re.search(rules["past"], verb):
        return verb
    for end, instead in rules["endings"]:
        if re.search(end, verb):
            return re.sub(end, instead, verb, count=1)
    return verb
