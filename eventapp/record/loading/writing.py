"""The notes of a meeting as a file that can be loaded again, here or elsewhere."""

import json
from collections.abc import Sequence

from eventapp.agenda.models import Session
from eventapp.ground.db.types import Record
from eventapp.meetings.models import Meeting
from eventapp.record.extras.models import Translation
from eventapp.record.extras.queries import translations_by_note
from eventapp.record.loading.columns import CODES, ORDER, TRANSLATION, cells_of
from eventapp.record.notes.content import ASIDES
from eventapp.record.notes.models import Note
from eventapp.record.notes.queries import notes
from eventapp.registration.lists.sheets import csv_of

AS_THEY_ARE = (
    "kind", "speaker", "stakeholder_type", "country", "title", "language", "ceiling", "support", "who", "due_text",
    "delivery", "neutral", *ASIDES,
)  # fmt: skip
FILES = ("csv", "jsonl")


def notes_file(meeting: Meeting, ending: str) -> bytes:
    """Every note of the meeting but what is off the record or deleted, with its translations."""
    found = [
        one for one in notes(Session.meeting_id == meeting.id, Note.deleted_at.is_(None)) if not one.current.off_record
    ]
    translations = translations_by_note(found)
    rows = [row_of(meeting, note, translations.get(note.id, ())) for note in found]
    if ending == "jsonl":
        return "".join(f"{json.dumps(bare(row), ensure_ascii=False)}\n" for row in rows).encode()
    languages = sorted({language for row in rows for language in row["translations"]})
    heads = (*ORDER, *(f"{TRANSLATION}{language}" for language in languages))
    return csv_of(heads, (cells_of(row, heads) for row in rows))


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
