"""What a paragraph cites, and the notes it may cite, by the words somebody looks for."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.record.notes.models import Note, Revision
from eventapp.review.language.name_parts import normalized, words_of
from eventapp.review.reports.models import Evidence, Paragraph

MOST = 12  # notes that a page shows; more words find fewer


def evidence_of(paragraph: Paragraph) -> list[Evidence]:
    """What the paragraph cites, with all that is told of a source, in one query."""
    note, revision = joinedload(Evidence.note), joinedload(Evidence.revision)
    query = (
        select(Evidence)
        .where(Evidence.paragraph_id == paragraph.id)
        .order_by(Evidence.position)
        .options(
            note.joinedload(Note.session),
            note.joinedload(Note.statement),
            note.joinedload(Note.current),
            revision.joinedload(Revision.role),
        )
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def citable(notes: Iterable[Note], sought: str) -> list[Note]:
    """The notes in which every word that is sought stands, as it or as a beginning; a reference finds its own note."""
    wanted = words_of(sought)
    found = [note for note in notes if wanted and all(_has(word, _words(note)) for word in wanted)]
    exact = [note for note in found if normalized(note.reference) == normalized(sought)]
    return exact or found


def _words(note: Note) -> list[str]:
    now = note.current
    return words_of(f"{note.reference} {note.session.title} {now.title} {now.text} {now.speaker} {now.organization}")


def _has(word: str, words: Iterable[str]) -> bool:
    return any(one.startswith(word) for one in words)
