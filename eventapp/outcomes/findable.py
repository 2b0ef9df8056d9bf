"""Keeping things findable: whoever makes or changes a note, a summary, an input or a card says here what can be found.

A feature that wants its things found calls `keep` with a `Thing` in the transaction that changes them, and `forget`
where nobody may find them any more. What is off the record is never kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select

from eventapp.db import db
from eventapp.outcomes.companions import translations_of
from eventapp.outcomes.models import Findable, Note, SessionRecord
from eventapp.text import plain

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


def keep(thing: Thing, *, is_new: bool = False) -> None:
    """Let this be found as it is now; a new one has no line yet to be looked for."""
    marks = [*thing.action_lines, *(f"g{goal}" for goal in thing.goals), *thing.countries]
    row = (None if is_new else line_of(thing.thing, thing.thing_id)) or Findable(
        thing=thing.thing, thing_id=thing.thing_id
    )
    row.meeting_id, row.session_id, row.reference = thing.meeting_id, thing.session_id, thing.reference
    row.path, row.title, row.text, row.language = thing.path, thing.title[:LONGEST_TITLE], thing.text, thing.language
    row.kind, row.state = thing.kind, thing.state
    row.marks = " ".join(["", *dict.fromkeys(marks), ""])
    row.speaker = plain(thing.speaker)
    row.words = plain(thing.reference, thing.title, thing.text, thing.speaker, *thing.also)
    db.session.add(row)


def forget(thing: str, thing_id: int) -> None:
    """Let this be found no more."""
    db.session.execute(delete(Findable).where(Findable.thing == thing, Findable.thing_id == thing_id))


def keep_note(note: Note, *, is_new: bool = False) -> None:
    """Let this note be found by what it says now; not where it is deleted or off the record."""
    now = note.current
    if note.is_deleted or now.off_record:
        forget(NOTE, note.id)
        return
    keep(
        Thing(
            NOTE, note.id, note.session.meeting_id, note.session_id, note.reference,
            path=f"record/{note.session.code}/{note.number}",
            title=now.title,
            text=now.text,
            language=now.language,
            kind=now.kind,
            action_lines=now.action_lines,
            goals=now.goals,
            countries=[*now.countries, *([now.country] if now.country else [])],
            speaker=f"{now.speaker} {now.organization}",
            also=[word for one in translations_of(note) for word in (one.title, one.text)] if not is_new else (),
        ),
        is_new=is_new,
    )  # fmt: skip


def keep_summary(record: SessionRecord, text: str) -> None:
    """Let the summary of this session be found; an empty one is not there."""
    session = record.session
    if not text:
        forget(SUMMARY, record.id)
        return
    keep(
        Thing(
            SUMMARY, record.id, session.meeting_id, session.id, session.code, path=f"record/{session.code}/submission",
            title=session.title, text=text,
        )
    )  # fmt: skip


def line_of(thing: str, thing_id: int) -> Findable | None:
    return db.session.scalar(select(Findable).where(Findable.thing == thing, Findable.thing_id == thing_id))
