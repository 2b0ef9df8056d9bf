"""Sentences: how one note becomes one paragraph, in the voice that the attribution policy asks for.

The voice is that of United Nations summary reports: "The meeting noted that…", "The representative of … informed the
meeting that…". A note's own words are kept; what stands before them says who holds them and how widely.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from eventapp.outcomes.models import Revision
from eventapp.review.attribution import CATEGORY, NOBODY, ORGANIZATION, PERSON, above, level_of, sender_of
from eventapp.review.capitals import begins_with_one
from eventapp.review.own_words import is_a_part, is_only_a_verb, told_by
from eventapp.review.points import in_one_line, points_of, with_points
from eventapp.review.wording import (
    ACTORS,
    CATEGORY_CROWDS,
    CATEGORY_VOICES,
    CROWDS,
    RECEIVED,
    RECEPTIONS,
    day_of,
    is_crowd,
    listed,
    of,
    with_article,
)
from eventapp.vocabulary.called import several
from eventapp.vocabulary.countries import all_countries


class Verb(NamedTuple):
    """What the meeting did with a note of this kind, and what one source did."""

    of_the_meeting: str
    of_a_source: str


VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "trend": Verb("noted that", "noted that"),
        "challenge": Verb("noted with concern that", "expressed concern that"),
        "opportunity": Verb("recognized that", "observed that"),
        "good-practice": Verb("was informed of the following good practice:", "presented the following good practice:"),
        "flagship": Verb(
            "was informed of the following flagship initiative:", "presented the following flagship initiative:"
        ),
        "announcement": Verb("was informed that", "informed the meeting that"),
        "launch": Verb("was informed of the following launch:", "informed the meeting of the following launch:"),
        "recommendation": Verb("made the following recommendation:", "made the following recommendation:"),
        "commitment": Verb(
            "was informed of the following commitment:", "informed the meeting of the following commitment:"
        ),
        "agreement": Verb("agreed on the following:", "stated that"),
        "debated-issue": Verb("discussed the following issue:", "raised the following issue:"),
        "quote": Verb("heard the following statement:", "made the following statement:"),
    }
)
# The same before points that stand one below the other.
FOLLOWING: Mapping[str, str] = MappingProxyType(
    {
        "noted that": "noted the following",
        "noted with concern that": "noted with concern the following",
        "expressed concern that": "expressed concern about the following",
        "recognized that": "recognized the following",
        "observed that": "observed the following",
        "was informed that": "was informed of the following",
        "informed the meeting that": "informed the meeting of the following",
        "stated that": "stated the following",
    }
)
# Names that begin a sentence and that no other rule tells from common words.
PLACES = frozenset({
    "africa", "america", "asia", "bangkok", "caucasus", "central", "east", "europe", "geneva", "internet", "matrix",
    "north", "pacific", "south", "tunis", "west", "world",
})  # fmt: skip
ARTICLES = frozenset(
    {"a", "an", "the", "in", "on", "at", "of", "for", "from", "to", "most", "many", "some", "all", "both"}
)
# A word that may be written small: not a name's part, as in "A.I." and "South-South", nor what only a name can own.
BEGINNING = re.compile(
    r"(?:Women|Men|Girls|Children|People|Youth|Citizens|Users|Farmers|Countries|Governments|Today)(?=['’])"
    r"|\w+(?!['’\w-]|\.\w)|\w+(?=-[a-z])"
)
# What only somebody does: a word before it that is not in the plural and no body is the name of a company.
DOES = re.compile(
    r" (?:has (?:also )?|also )?(?:launched|announced|signed|acquired|invested|partnered|deployed|pledged|committed"
    r"|sold|trained|ran|rolled|launches|announces|signs|acquires|invests|deploys|operates|plans|employs|sells|trains|runs)\b"
)
ENDED = re.compile(r"[.!?…”][)\]”’\"']*$")
NO_NAMES: frozenset[str] = frozenset()
STEM = 4  # letters by which "Thai" and "Indian" are known from Thailand and India
HAS_A_NAME = ("flagship", "launch")  # kinds whose title is the name of the thing
NOT_ITS_OWN = (*HAS_A_NAME, "quote")  # kinds whose words do not say how they were said
TAKES_A_RECEPTION = ("recommendation", "commitment", "agreement", "debated-issue")


def paragraph_of(revisions: Sequence[Revision], policy: str, names: frozenset[str] = NO_NAMES) -> str:
    """Return the paragraph for a note, or for several that say nearly the same in the words of the first.

    It says who, what was said, how it was received, and the sources as a footnote. One of these `names` at the head of
    a note keeps its capital inside the sentence.
    """
    revision = revisions[0]
    text = revision.text.replace("^[", "^ [")
    lead, points, closing = points_of(text) if revision.kind != "quote" else (in_one_line(text), [], "")
    told = None if revision.kind in NOT_ITS_OWN or (points and _clauses(revision)) else told_by(revision, lead)
    subject, is_the_meeting = _subjects(revisions, policy)
    verb = VERBS.get(revision.kind, VERBS["trend"])
    words = verb.of_the_meeting if is_the_meeting else verb.of_a_source
    if told:
        subject = told.by or (subject if told.is_of_a_meeting or not is_the_meeting else CROWDS["one-voice"])
    if points:
        begun = told.words if told else _lead(revision, words, lead, names)
        return with_points(f"{subject} {begun}", points, closing) + _sources(revisions, policy)
    said = _ended(told.words) if told else _said(revision, words, lead, names)
    return " ".join(filter(None, (subject, said, _due(revision), _reception(revision)))) + _sources(revisions, policy)


def _subjects(revisions: Sequence[Revision], policy: str) -> tuple[str, bool]:
    """Name all who said it, or count them in words where they may not be named."""
    if len(revisions) == 1:
        return _subject(revisions[0], level_of(revisions[0], policy))
    levels = [level_of(one, policy) for one in revisions]
    senders = [sender_of(one) for one in revisions]
    if all(senders) and all(level in (PERSON, ORGANIZATION) for level in levels):
        names = list(dict.fromkeys(with_article(one) for one in senders))
        one = _subject(revisions[0], ORGANIZATION)[0]
        return (f"The representatives of {listed(names)}" if len(names) > 1 else one), False
    types = {one.stakeholder_type for one in revisions}
    if NOBODY not in levels and len(types) == 1 and types <= set(CATEGORY_CROWDS):
        return CATEGORY_CROWDS[types.pop()], False
    return "Several participants", False


def _subject(revision: Revision, level: str) -> tuple[str, bool]:
    sender = sender_of(revision)
    if level == PERSON and revision.speaker:
        return (f"{revision.speaker} {of(sender)}" if sender else revision.speaker), False
    if level in (PERSON, ORGANIZATION) and sender:
        are_many = (several(sender) and "/" not in sender) or is_crowd(sender)
        who = "representatives" if are_many else "representative"
        return f"The {who} {of(sender)}", False
    if level in (PERSON, ORGANIZATION, CATEGORY) and revision.stakeholder_type in CATEGORY_VOICES:
        joined = (" and " in sender and several(sender)) or is_crowd(sender)
        crowd = CATEGORY_CROWDS.get(revision.stakeholder_type) if joined else None
        return crowd or CATEGORY_VOICES[revision.stakeholder_type], False
    crowd = CROWDS.get(revision.support)
    return (crowd, False) if crowd else ("The meeting", True)


def _lead(revision: Revision, words: str, lead: str, names: frozenset[str]) -> str:
    """Return what stands before the points of a note: when it is due and how it was received cannot follow them."""
    clauses = _clauses(revision)
    lead = "" if is_only_a_verb(lead) else lead
    if lead and not clauses and words.endswith("that"):
        return f"{words} {_begun_low(lead, revision, names)}"
    following = words.removesuffix(":") if words.endswith(":") else FOLLOWING[words]
    is_unnamed = revision.kind in HAS_A_NAME and revision.title not in revision.text
    about = ". ".join(filter(None, (revision.title.rstrip(".") if is_unnamed else "", lead)))
    return ": ".join(filter(None, (", ".join([following, *[" and ".join(clauses)] * bool(clauses)]), about)))


def _clauses(revision: Revision) -> list[str]:
    due = _date_given(revision)
    clauses = [f"for which the {_time(due)} given was {due}"] if due else []
    return [*clauses, RECEIVED[revision.support]] if _reception(revision) else clauses


def _said(revision: Revision, words: str, text: str, names: frozenset[str]) -> str:
    """Return what was done with the note's words, and these as the rest of a sentence, with a full stop."""
    if revision.kind in HAS_A_NAME and revision.title not in text:
        text = f"{revision.title}. {text}"
    if revision.kind == "quote":
        text = text.strip('“”"')
        text = f"“{_ended(text)}”"
    if words.endswith("that"):
        words = f"{FOLLOWING[words]}:" if is_a_part(text) else words
        text = _begun_low(text, revision, names)
    return f"{words} {_ended(text)}"


def _ended(text: str) -> str:
    return text if ENDED.search(text) else f"{text}."


def _begun_low(text: str, revision: Revision, names: frozenset[str]) -> str:
    """Write the first word small, unless it may be a name."""
    first = BEGINNING.match(text)
    if not first or not first[0].isalpha() or not first[0].istitle() or first[0] == "I":
        return text
    rest = text[first.end() :]
    return text if begins_with_one(text, names) or _may_be_a_name(first[0], rest, revision) else first[0].lower() + rest


def _may_be_a_name(word: str, rest: str, revision: Revision) -> bool:
    """Take a word for a name before another capital, where the note writes it so elsewhere, and for a place."""
    low = word.lower()
    if low in ARTICLES:
        return False
    elsewhere = f"{rest} {revision.organization} {revision.speaker} {' '.join(revision.title.split()[1:])}"
    return (
        re.match(r"\W+(?!Internet)[A-Z]", rest) is not None
        or re.search(rf"\b{word}\b", elsewhere) is not None
        or low in PLACES
        or (DOES.match(rest) is not None and not low.endswith("s") and low not in ACTORS)
        or low[:STEM] in _stems()
    )


@cache
def _stems() -> frozenset[str]:
    words = {word.lower() for one in all_countries() for word in re.findall(r"[A-Z]\w+", one.short_name)}
    return frozenset(word[:STEM] for word in words if len(word) >= STEM)


def _due(revision: Revision) -> str:
    due = _date_given(revision)
    return f"The {_time(due)} given was {due}." if due else ""


def _time(due: str) -> str:
    """Call it a date where it is one: "three years from launch" is none."""
    return "date" if any(map(str.isdigit, due)) else "time"


def _date_given(revision: Revision) -> str:
    """Return when it is due, where the note's own words do not say so."""
    due = revision.due_text.removeprefix("by ") or (day_of(revision.due_on) if revision.due_on else "")
    return due if due not in revision.text else ""


def _reception(revision: Revision) -> str:
    """Say how widely a proposal was supported, where the paragraph names no crowd already."""
    return RECEPTIONS.get(revision.support, "") if revision.kind in TAKES_A_RECEPTION else ""


def _sources(revisions: Sequence[Revision], policy: str) -> str:
    """Return a footnote with the sources of the figures; a number without its source is not for a report.

    A source whose title names somebody above the policy stays with the note: a footnote would say who spoke.
    """
    unsaid = above(revisions, policy)
    given = [
        source
        for revision in revisions
        for source in [
            *(str(one.get("source") or "") for one in revision.figures if isinstance(one, dict)),
            *revision.sources,
        ]
    ]
    sources = list(
        dict.fromkeys(" ".join(source.split()) for source in given if source and not unsaid.found_in(source))
    )
    if not sources:
        return ""
    listed = "; ".join(sources).replace("[", "(").replace("]", ")").rstrip(".")
    return f"^[{listed}.]"
