"""What stands beside a note: its translations, and what became of what was promised."""

from collections.abc import Iterable, Sequence

from sqlalchemy import and_, func, select, tuple_
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.record.extras.models import Delivery, Translation
from eventapp.record.notes.models import Note, Revision
from eventapp.record.reading.tongue import spoken_in


def deliveries_of(note: Note) -> list[Delivery]:
    """What became of this commitment, the newest first."""
    query = select(Delivery).where(Delivery.note_id == note.id).order_by(Delivery.id.desc())
    return list(db.session.scalars(query.options(joinedload(Delivery.by))))


def newest_delivery(note: Note) -> Delivery | None:
    """Where this commitment stands now; None where nobody said when or how far."""
    return db.session.scalar(select(Delivery).where(Delivery.note_id == note.id).order_by(Delivery.id.desc()).limit(1))


def translations_of(note: Note) -> list[Translation]:
    """The translations that stand beside this note now, in the order of their languages."""
    return translations_by_note([note]).get(note.id, [])


def translations_by_note(notes: Iterable[Note]) -> dict[int, list[Translation]]:
    """The translations that stand beside these notes now, by note."""
    newest = (
        select(Translation.note_id, Translation.language, func.max(Translation.number).label("number"))
        .where(Translation.note_id.in_([note.id for note in notes]))
        .group_by(Translation.note_id, Translation.language)
        .subquery()
    )
    same = and_(
        Translation.note_id == newest.c.note_id,
        Translation.language == newest.c.language,
        Translation.number == newest.c.number,
    )
    query = select(Translation).join(newest, same).where(Translation.text != "").order_by(Translation.language)
    found: dict[int, list[Translation]] = {}
    for one in db.session.scalars(query):
        found.setdefault(one.note_id, []).append(one)
    return found


def tongue_of(note: Note) -> str:
    """The language a note is in: as its words show it, else as it was chosen."""
    return spoken_in(note.current.text, note.current.language)


def renderings_of(notes: Sequence[Note]) -> dict[int, dict[str, str]]:
    """The words of these notes in other languages, by note and language, as far as they hold for the words now.

    A translation made from words that were changed since does not count before somebody looks at it again.
    """
    now = {note.id: note.current.text for note in notes}
    made = [one for found in translations_by_note(notes).values() for one in found] if now else []
    query = select(Revision.note_id, Revision.number, Revision.text).where(
        tuple_(Revision.note_id, Revision.number).in_([(one.note_id, one.of_revision) for one in made])
    )
    read = {(note_id, number): text for note_id, number, text in db.session.execute(query)} if made else {}
    found: dict[int, dict[str, str]] = {}
    for one in made:
        if read.get((one.note_id, one.of_revision)) == now[one.note_id]:
            found.setdefault(one.note_id, {})[one.language] = one.text
    return found


def translation_history(note: Note, language: str) -> list[Translation]:
    """Everything this note was in this language, the newest first; '' is where it was taken out."""
    query = select(Translation).where(Translation.note_id == note.id, Translation.language == language)
    return list(db.session.scalars(query.order_by(Translation.number.desc()).options(joinedload(Translation.by))))
