"""New notes of a file, many at once: worked out before anything is held, then written in a few statements.

Written one by one, 20,000 notes held the database for minutes; a row of each table for all of them takes seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.policy import search_key
from eventapp.history.actions import record_rows
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.extras.delivery import first_line
from eventapp.record.extras.indexing import thing_of
from eventapp.record.extras.models import Delivery
from eventapp.record.loading.content import Line
from eventapp.record.loading.loaded import key_of, mark_at
from eventapp.record.notes.models import APPROVED, RECORDED, Note, Revision
from eventapp.record.search.index import entry_of
from eventapp.record.search.models import SearchEntry


@dataclass(frozen=True)
class NewNote:
    """What a new note will say, and all that stands in its rows whatever its number is."""

    line: int
    session_id: int
    code: str  # of the session
    key: str  # by which the line is known again
    written: str
    columns: Record  # of its revision
    entry: Record  # by which it is found; nothing where it is off the record


def new_note(meeting: Meeting, line: Line) -> NewNote:
    """Work out what this line becomes; nothing is written."""
    columns = line.content.tidy(line.session).columns()
    entry = {} if columns["off_record"] else entry_of(thing_of(meeting.id, line.session, columns))
    return NewNote(line.line, line.session.id, line.session.code, key_of(meeting, line), line.written, columns, entry)


def insert_notes(meeting: Meeting, new: Sequence[NewNote], state: str, *, by: Person | None, at: datetime) -> list[int]:
    """Write these notes of the locked meeting, each with the next number of its session; return their row numbers."""
    if not new:
        return []
    by_id = by.id if by else None
    numbers = _numbers(new)
    facts = {"head": 1, "state": state, "state_at": at, "state_by_id": by_id, "author_id": by_id, "created_at": at}
    rows = [
        {**facts, "session_id": one.session_id, "number": number, "client_key": one.key}
        for one, number in zip(new, numbers, strict=True)
    ]
    ids = list(db.session.scalars(insert(Note).returning(Note.id, sort_by_parameter_order=True), rows))
    made = {"number": 1, "at": at, "by_id": by_id, "act": RECORDED}
    revisions = [
        {**one.columns, **made, "note_id": note, "client_key": mark_at(note, 1, one.written)}
        for one, note in zip(new, ids, strict=True)
    ]
    db.session.execute(insert(Revision), revisions)
    deliveries = [line for row in revisions for line in first_line(row)]
    if deliveries:
        db.session.execute(insert(Delivery), deliveries)
    references = [f"{one.code}-{number:02d}" for one, number in zip(new, numbers, strict=True)]
    _let_find(new, ids, references)
    lines: list[tuple[int, dict[str, object]]] = [
        (note, {"reference": reference}) for note, reference in zip(ids, references, strict=True)
    ]
    record_rows("recorded", Note, lines, meeting_id=meeting.id, by=by, at=at)
    if state == APPROVED:
        cleared = [(note, {**detail, "revision": 1}) for note, detail in lines]
        record_rows("approved", Note, cleared, meeting_id=meeting.id, by=by, at=at)
    return ids


def _let_find(new: Sequence[NewNote], ids: Sequence[int], references: Sequence[str]) -> None:
    """Write what the search finds these notes by; of a note off the record there is nothing."""
    found = [
        {
            **one.entry,
            "thing_id": note,
            "reference": reference,
            "path": f"record/{one.code}/{int(reference.rpartition('-')[2])}",
            "words": search_key(reference) + " " + one.entry["words"],
        }
        for one, note, reference in zip(new, ids, references, strict=True)
        if one.entry
    ]
    if found:
        db.session.execute(insert(SearchEntry), found)


def _numbers(new: Sequence[NewNote]) -> list[int]:
    """Hold the sessions, so that numbers have no gaps and no twins, and give each note the next one of its session."""
    sessions = sorted({one.session_id for one in new})
    db.session.execute(select(Session.id).where(Session.id.in_(sessions)).order_by(Session.id).with_for_update()).all()
    last = select(Note.session_id, func.max(Note.number)).where(Note.session_id.in_(sessions))
    found = db.session.execute(last.group_by(Note.session_id))
    at = {session: number or 0 for session, number in found}
    given = []
    for one in new:
        at[one.session_id] = at.get(one.session_id, 0) + 1
        given.append(at[one.session_id])
    return given
