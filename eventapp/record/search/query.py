"""Looking for notes, summaries, inputs and cards of a meeting: substrings in any script."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.ground.db import db
from eventapp.ground.text.policy import search_key, writable
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.notes.models import Note
from eventapp.record.search.index import NOTE, OF_SESSIONS
from eventapp.record.search.models import SearchEntry
from eventapp.record.sessions.queries import RAPPORTEUR

LONGEST, MOST_WORDS = 200, 8
A_PAGE, COUNTED = 50, 1000
AROUND = 160  # characters shown before and after the first hit in a long text


@dataclass(frozen=True)
class Question:
    """What somebody looks for. Only what is set is asked for; what nobody knows finds nothing."""

    q: str = ""
    kind: str = ""
    line: str = ""
    goal: str = ""
    country: str = ""
    session: str = ""
    speaker: str = ""
    state: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Question":
        """The question in the address of a page."""
        return cls(**{one.name: writable(asked.get(one.name, "").strip()[:LONGEST]) for one in fields(cls)})

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))

    @property
    def words(self) -> list[str]:
        """The words looked for, as the lines have them."""
        return search_key(self.q).split()[:MOST_WORDS]


class Piece(NamedTuple):
    """A part of a text; `is_hit` where it is what was looked for."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class Found:
    """A page of answers in the order of the day; `count` of all of them, at most one more than is counted."""

    rows: list[SearchEntry]
    states: Mapping[int, str]  # note -> state
    count: int


def found(meeting: Meeting, question: Question, *, sessions: set[int] | None, page: int) -> Found:
    """The answers on this page, from 1. `sessions` are those somebody may read, None for the whole meeting."""
    wanted = matching(meeting, question, sessions)
    ids = list(db.session.scalars(wanted.limit(COUNTED + 1)))
    here = ids[(page - 1) * A_PAGE : page * A_PAGE]
    rows = {
        row.id: row
        for row in db.session.scalars(
            select(SearchEntry).where(SearchEntry.id.in_(here)).options(joinedload(SearchEntry.session))
        )
    }
    notes = [row.thing_id for row in rows.values() if row.thing == NOTE]
    states = dict(db.session.execute(select(Note.id, Note.state).where(Note.id.in_(notes))).all())
    return Found([rows[one] for one in here], states, len(ids))


def matching(meeting: Meeting, question: Question, sessions: set[int] | None) -> Select[int]:
    is_note = and_(SearchEntry.thing == NOTE, SearchEntry.thing_id == Note.id)
    query = (
        select(SearchEntry.id)
        .outerjoin(Session, Session.id == SearchEntry.session_id)
        .where(SearchEntry.meeting_id == meeting.id, *conditions(question))
    )
    if question.state:
        query = query.outerjoin(Note, is_note).where(func.coalesce(Note.state, SearchEntry.state) == question.state)
    if question.session:
        query = query.where(Session.code == question.session)
    if sessions is not None:
        query = query.where(SearchEntry.session_id.in_(sessions), SearchEntry.thing.in_(OF_SESSIONS))
    # what is of no session comes last, on both databases
    return query.order_by(Session.starts_at.nulls_last(), Session.id, SearchEntry.thing.desc(), SearchEntry.thing_id)


def conditions(question: Question) -> list[ColumnElement[bool]]:
    marks = (question.line, f"g{question.goal}" if question.goal else "", question.country)
    return [
        *(SearchEntry.words.contains(word, autoescape=True) for word in question.words),
        *(
            SearchEntry.speaker.contains(word, autoescape=True)
            for word in search_key(question.speaker).split()[:MOST_WORDS]
        ),
        *(has_mark(mark) for mark in marks if mark),
        *([or_(SearchEntry.kind == question.kind, SearchEntry.thing == question.kind)] if question.kind else []),
    ]


def has_mark(code: str) -> ColumnElement[bool]:
    """Whether this code is among the marks, as it is written: LIKE would take c2 for C2 on SQLite and on no other."""
    return func.replace(SearchEntry.marks, f" {code} ", "") != SearchEntry.marks


def sessions_of(person: Person, meeting: Meeting) -> set[int]:
    """The sessions of this meeting this person is rapporteur of."""
    query = (
        select(SpeakingRole.session_id)
        .join(Session, Session.id == SpeakingRole.session_id)
        .where(
            Session.meeting_id == meeting.id,
            SpeakingRole.person_id == person.id,
            SpeakingRole.role == RAPPORTEUR,
            SpeakingRole.ended_at.is_(None),
            SpeakingRole.state != DECLINED,
        )
    )
    return set(db.session.scalars(query))


def pieces(text: str, words: list[str]) -> list[Piece]:
    """The text cut at what was looked for, the first hit near the beginning where the text is long."""
    bare, places = bared(text)
    hits = sorted((at, at + len(word)) for word in words if word for at in starts(bare, word))
    parts: list[Piece] = []
    done = 0
    for first, last in hits:
        start, end = places[first], places[last - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1  # a letter keeps its marks
        if start < done:
            continue
        parts += [Piece(text[done:start], is_hit=False), Piece(text[start:end], is_hit=True)]
        done = end
    return shortened([one for one in [*parts, Piece(text[done:], is_hit=False)] if one.text])


def bared(text: str) -> tuple[str, list[int]]:
    """The text as it is looked in, and for each character of that the place in the text it came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in letters_of(character):
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


@lru_cache(4096)
def letters_of(character: str) -> str:
    """What is looked in for one character of a text: a blank for each kind of blank, nothing for what is left out."""
    return search_key(character) or (" " if character.isspace() else "")


def starts(bare: str, word: str) -> list[int]:
    found_: list[int] = []
    at = bare.find(word)
    while at >= 0:
        found_.append(at)
        at = bare.find(word, at + len(word))
    return found_


def shortened(parts: list[Piece]) -> list[Piece]:
    if len(parts) > 1 and not parts[0].is_hit and len(parts[0].text) > AROUND * 2:
        parts[0] = Piece("…" + parts[0].text[-AROUND:], is_hit=False)
    last = parts[-1] if parts else None
    if last and not last.is_hit and len(last.text) > AROUND * 4:
        parts[-1] = Piece(last.text[: AROUND * 4] + "…", is_hit=False)
    return parts
