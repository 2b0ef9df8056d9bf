"""Keeping things findable: whoever makes or changes a note, a summary, an input or a card says here what can be found.

A feature that wants its things found calls `keep` with a `Thing` in the transaction that changes them, and `forget`
where nobody may find them any more. What is off the record is never kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select

from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.policy import search_key
from eventapp.record.search.models import SearchEntry

NOTE, SUMMARY, INPUT, CARD = "note", "summary", "input", "card"
OF_SESSIONS = (NOTE, SUMMARY)  # what the rapporteurs of a session may read; the others are for who records the meeting
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Thing:
    """One thing that can be found; `path` is its address below that of the meeting, `also` words it is found by too."""

    thing: str
    thing_id: int
    meeting_id: int
    session_id: int | None
    reference: str
    path: str
    title: str
    text: str
    language: str = "en"
    kind: str = ""
    state: str = ""
    action_lines: Iterable[str] = ()
    goals: Iterable[int] = ()
    countries: Iterable[str] = ()
    speaker: str = ""
    also: Iterable[str] = ()


def index(thing: Thing, *, is_new: bool = False) -> None:
    """Let this be found as it is now; a new one has no line yet to be looked for."""
    row = (None if is_new else line_of(thing.thing, thing.thing_id)) or SearchEntry()
    for name, value in entry_of(thing).items():
        setattr(row, name, value)
    db.session.add(row)


def entry_of(thing: Thing) -> Record:
    """Return the columns of its line."""
    marks = [*thing.action_lines, *(f"g{goal}" for goal in thing.goals), *thing.countries]
    return {
        "thing": thing.thing,
        "thing_id": thing.thing_id,
        "meeting_id": thing.meeting_id,
        "session_id": thing.session_id,
        "reference": thing.reference,
        "path": thing.path,
        "title": thing.title[:LONGEST_TITLE],
        "text": thing.text,
        "language": thing.language,
        "kind": thing.kind,
        "state": thing.state,
        "marks": " ".join(["", *dict.fromkeys(marks), ""]),
        "speaker": search_key(thing.speaker),
        "words": search_key(thing.reference, thing.title, thing.text, thing.speaker, *thing.also),
    }


def forget(thing: str, thing_id: int) -> None:
    """Let this be found no more."""
    db.session.execute(delete(SearchEntry).where(SearchEntry.thing == thing, SearchEntry.thing_id == thing_id))


def line_of(thing: str, thing_id: int) -> SearchEntry | None:
    return db.session.scalar(select(SearchEntry).where(SearchEntry.thing == thing, SearchEntry.thing_id == thing_id))
