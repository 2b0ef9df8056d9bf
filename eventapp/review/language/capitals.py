"""Capitals: what keeps its own inside a sentence: the names the meeting knows, places, and what looks like a name."""

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache, cached_property

from sqlalchemy import func, select, union

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.floor.models import Statement
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import Note, Revision
from eventapp.registration.models import Delegation, Registration
from eventapp.review.language.data import language_now, pattern, word_set
from eventapp.review.language.name_parts import SHORTEST, is_ordinary
from eventapp.review.language.wording import ACTORS, CATEGORY_VOICES
from eventapp.vocabulary.countries import all_countries, name_in

LEGAL = pattern("legal")
WORD = re.compile(r"[\w’'&-]+")
LONGEST = 8  # words of a name that is looked for
STEM = 4  # letters by which "Thai" and "Indian" are known from Thailand and India


class NamesToLookUp(Container[str]):
    """Names of whom a few are asked for: those of 20,000 people are taken apart once one of them may be meant."""

    def __init__(self, people: str, bodies: Iterable[str]) -> None:
        self._people = people
        self.of_bodies = frozenset(_plain({form for name in bodies for form in (name, LEGAL.sub("", name))}))

    def __contains__(self, name: object) -> bool:
        return name in self.of_bodies or (
            isinstance(name, str)
            and " " not in name
            and _tells_something(name)
            and name.casefold() in self._folded  # as it is not, for most words that begin a text
            and name in self.of_people
        )

    @cached_property
    def _folded(self) -> str:
        return self._people.casefold()

    @cached_property
    def of_people(self) -> frozenset[str]:
        """Each word of the names of people, as it is written and with its first letter alone as a capital."""
        every = set(WORD.findall(self._people))
        words = {word for word in every if len(word) >= SHORTEST and word[0].isupper()}
        return frozenset(_plain({form for word in words for form in (word, word.capitalize())}))


def names_known(meeting: Meeting) -> frozenset[str]:
    """Return the names of the meeting's people, each word for itself, and of whom they came for, in one form of blanks.

    A word that is one of English too is left out: what stands alone would tell nothing.
    """
    known = names_to_look_up(meeting)
    return known.of_people | known.of_bodies


def names_to_look_up(meeting: Meeting) -> NamesToLookUp:
    """Return the same names for the few texts of a page."""
    return NamesToLookUp(*_people_and_bodies(meeting))


def spoke_at(meeting: Meeting) -> set[str]:
    """Return the names of whoever has a part in the meeting's sessions or took the floor, whether noted or not."""
    of_the_meeting = Session.meeting_id == meeting.id
    parts = select(SpeakingRole.name).join(SpeakingRole.session).where(of_the_meeting)
    turns = select(Statement.name).join(Statement.session).where(of_the_meeting, Statement.started_at.is_not(None))
    return set(db.session.scalars(union(parts, turns)))


def begins_with_one(text: str, names: Container[str]) -> bool:
    """Whether one of these names stands at the head of the text."""
    words = WORD.findall(text[:200])[:LONGEST]
    return any(" ".join(words[: many + 1]) in names for many in range(len(words)))


def _people_and_bodies(meeting: Meeting) -> tuple[str, set[str]]:
    """Return the names of people in one text, for there may be 20,000, and those of bodies."""
    here = Registration.meeting_id == meeting.id
    registered = db.session.scalar(select(func.aggregate_strings(Registration.record_name, "\n")).where(here)) or ""
    came_for = db.session.scalars(select(Registration.organization).where(here).distinct())
    roles = (
        select(SpeakingRole.name, SpeakingRole.organization)
        .join(Session)
        .where(Session.meeting_id == meeting.id)
        .distinct()
    )
    noted = (
        select(Revision.speaker, Revision.organization)
        .join(Note, Revision.note_id == Note.id)
        .join(Session, Note.session_id == Session.id)
        .where(Session.meeting_id == meeting.id)
        .distinct()
    )
    rows = [(one, other) for query in (roles, noted) for one, other in db.session.execute(query)]
    sent = db.session.scalars(select(Delegation.name).where(Delegation.meeting_id == meeting.id))
    return "\n".join([registered, *(one for one, _other in rows)]), {*came_for, *(other for _one, other in rows), *sent}


def _plain(names: set[str]) -> Iterator[str]:
    for name in names:
        words = WORD.findall(name)
        if len(words) == 1 and _tells_something(words[0]):
            yield words[0]
        elif sum(word[0].isupper() for word in words) > 1:
            yield " ".join(words)


def _tells_something(word: str) -> bool:
    return not is_ordinary(word) and word.casefold() not in ACTORS


def with_small_letter(text: str, revision: Revision, names: Container[str]) -> str:
    """Write the first word small, unless it may be a name."""
    first = pattern("beginning").match(text)
    if not first or not first[0].isalpha() or not first[0].istitle() or first[0] == "I":
        return text
    rest = text[first.end() :]
    if text.startswith(tuple(f"{voice} " for voice in CATEGORY_VOICES.values())):  # "One Government has built …"
        return first[0].lower() + rest
    return text if begins_with_one(text, names) or _may_be_a_name(first[0], rest, revision) else first[0].lower() + rest


def _may_be_a_name(word: str, rest: str, revision: Revision) -> bool:
    """Take a word for a name before another capital, where the note writes it so elsewhere, and for a place."""
    low = word.lower()
    if low in word_set("small_words"):
        return False
    elsewhere = f"{rest} {revision.organization} {revision.speaker} {' '.join(revision.title.split()[1:])}"
    return (
        re.match(r"\W+(?!Internet)[A-Z]", rest) is not None
        or re.search(rf"\b{word}\b", elsewhere) is not None
        or low in word_set("places")
        or (pattern("does").match(rest) is not None and not low.endswith("s") and low not in ACTORS)
        or low[:STEM] in _stems(language_now())
    )


@cache
def _stems(language: str) -> frozenset[str]:
    names = [one.short_name for one in all_countries()]
    names += [] if language == "en" else [name_in(one, language) for one in all_countries()]  # "Republic" is common
    words = {word.lower() for name in names for word in re.findall(r"[A-Z]\w+", name)}
    return frozenset(word[:STEM] for word in words if len(word) >= STEM)
