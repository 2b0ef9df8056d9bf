"""The notes of a meeting as a file that can be loaded again, here or elsewhere."""

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import Select, func, select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.leased import to_nobody
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import Tell
from eventapp.meetings.prepared.tables import SLICE
from eventapp.record.extras.models import Translation
from eventapp.record.extras.queries import translations_by_note
from eventapp.record.loading.columns import CODES, ORDER, TRANSLATION, cells_of
from eventapp.record.notes.content import ASIDES
from eventapp.record.notes.models import Note, Revision
from eventapp.record.notes.queries import notes
from eventapp.registration.lists.sheets import csv_of

AS_THEY_ARE = (
    "kind", "speaker", "stakeholder_type", "country", "title", "language", "ceiling", "support", "who", "due_text",
    "delivery", "neutral", *ASIDES,
)  # fmt: skip
FILES = ("csv", "jsonl")


def notes_file(meeting: Meeting, ending: str, tell: Tell = to_nobody) -> bytes:
    """Every note of the meeting but what is off the record or deleted, with its translations; read some at a time."""
    numbers = numbers_of(meeting)
    rows = _read(meeting, numbers, tell)
    if ending == "jsonl":
        return b"".join(f"{json.dumps(bare(row), ensure_ascii=False)}\n".encode() for row in rows)
    heads = (*ORDER, *(f"{TRANSLATION}{language}" for language in _languages(meeting)))
    return csv_of(heads, (cells_of(row, heads) for row in rows))


def count_notes(meeting: Meeting) -> int:
    """How many notes the file would have."""
    return db.session.scalar(select(func.count()).select_from(_written(meeting).subquery())) or 0


def numbers_of(meeting: Meeting) -> Sequence[int]:
    """The rows of those notes, in the order of the day."""
    return db.session.scalars(_written(meeting).order_by(Session.starts_at, Session.code, Note.number)).all()


def _written(meeting: Meeting) -> Select[int]:
    query = select(Note.id).join(Note.session).join(Note.current)
    return query.where(Session.meeting_id == meeting.id, Note.deleted_at.is_(None), Revision.off_record.is_(False))


def _read(meeting: Meeting, numbers: Sequence[int], tell: Tell) -> Iterator[Record]:
    for start in range(0, len(numbers), SLICE):
        tell(start, len(numbers))
        found = notes(Note.id.in_(numbers[start : start + SLICE]))
        translations = translations_by_note(found)
        yield from [row_of(meeting, note, translations.get(note.id, ())) for note in found]


def _languages(meeting: Meeting) -> list[str]:
    query = select(Translation.language).distinct().where(Translation.note_id.in_(_written(meeting)))
    return sorted(db.session.scalars(query))


def bare(row: Record) -> Record:
    """The same without what a line does not say."""
    return {name: value for name, value in row.items() if value not in ("", [], {}, False)}


def row_of(meeting: Meeting, note: Note, translations: Sequence[Translation]) -> Record:
    """A note as a line says it; its id leads back to it, and to the revision it was taken from."""
    now = note.current
    return {
        "id": f"{meeting.slug}/{note.reference}@{note.head}",
        "session": note.session.code,
        **{name: getattr(now, name) for name in AS_THEY_ARE},
        "delegation": now.organization,
        "words": now.text,
        **{name: list(getattr(now, name)) for name in (*CODES, "sources", "partners")},
        "figures": [{"figure": one["figure"], "source": one.get("source", "")} for one in now.figures],
        "due": now.due_on.isoformat() if now.due_on else "",
        "off_record": now.off_record,
        "translations": {one.language: one.text for one in translations},
    }
