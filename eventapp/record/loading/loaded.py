"""The notes that the lines of a file are already, and by what they are known again.

They are asked for together: a file may have 20,000 lines, fewer than the values that one statement may carry.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.record.extras.models import Translation
from eventapp.record.extras.queries import translations_by_note
from eventapp.record.loading.content import OWN, Line
from eventapp.record.notes.models import Note, Revision
from eventapp.record.notes.queries import notes

HALF = 32  # of the 64 characters that a row is known by


def key_of(meeting: Meeting, line: Line) -> str:
    """By what the note of this line is known again at this meeting, whoever loads the file."""
    own = OWN.fullmatch(line.id)
    return fingerprint(f"file {meeting.id} {line.id.rpartition('@')[0] if own else line.key}")


def mark_of(note: Note, number: int, line: Line) -> str:
    """By what a revision that came from a file is known from one that somebody wrote here, and from which line."""
    return mark_at(note.id, number, line.written)


def mark_at(note_id: int, number: int, written: str) -> str:
    """The same for a note of which only the number of its row is at hand."""
    return fingerprint(f"file note {note_id} {number}")[:HALF] + fingerprint(written)[:HALF]


def start_of(note: Note, number: int) -> str:
    return fingerprint(f"file note {note.id} {number}")[:HALF]


def fingerprint(words: str) -> str:
    """The same on every machine for ever: no secret is in it, for secrets change."""
    return sha256(words.encode()).hexdigest()


@dataclass(frozen=True)
class Loaded:
    """Notes of the meeting by the key of their line and by session and number, with what files gave them last."""

    by_key: dict[str, Note]
    by_number: dict[tuple[str, int], Note]
    newest: dict[int, Revision]
    translations: dict[int, list[Translation]]


def loaded_by(meeting: Meeting, lines: Sequence[Line]) -> Loaded:
    """Return the notes that these lines are already, deleted ones too."""
    keys = [key_of(meeting, line) for line in lines]
    by_key = {note.client_key: note for note in notes(Note.client_key.in_(keys)) if note.client_key}
    places = {(own["code"], int(own["number"])) for own in (OWN.fullmatch(line.id) for line in lines)
              if own and own["slug"] == meeting.slug}  # fmt: skip
    numbers = {number for _code, number in places}
    here = notes(Session.meeting_id == meeting.id, Note.number.in_(numbers)) if places else []
    by_number = {(note.session.code, note.number): note for note in here}
    found = {note.id: note for note in [*by_key.values(), *by_number.values()]}
    return Loaded(by_key, by_number, newest_of(list(found.values())), translations_by_note(found.values()))


def newest_of(found: Sequence[Note]) -> dict[int, Revision]:
    """Return what each of these notes said when a file last gave it words."""
    heads = {note.id: note for note in found}
    query = select(Revision).where(Revision.note_id.in_(heads), Revision.client_key.is_not(None))
    return {
        one.note_id: one
        for one in db.session.scalars(query.order_by(Revision.number))
        if (one.client_key or "")[:HALF] == start_of(heads[one.note_id], one.number)
    }
