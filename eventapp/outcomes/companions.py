"""What stands beside a note: its translations, and what became of what was promised."""

from collections.abc import Iterable

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from eventapp.db import db
from eventapp.outcomes.models import Delivery, Note, Translation


def deliveries_of(note: Note) -> list[Delivery]:
    """What became of this commitment, the newest first."""
    query = select(Delivery).where(Delivery.note_id == note.id).order_by(Delivery.id.desc())
    return list(db.session.scalars(query.options(joinedload(Delivery.by))))


def newest_delivery(note: Note) -> Delivery | None:
    """Where this commitment stands now; None where nobody said when or how far."""
    return db.session.scalar(select(Delivery).where(Delivery.note_id == note.id).order_by(Delivery.id.desc()).limit(1))


def newest_deliveries(notes: Iterable[Note]) -> dict[int, Delivery]:
    """Where each of these commitments stands now, by note."""
    query = select(Delivery).where(Delivery.note_id.in_([note.id for note in notes])).order_by(Delivery.id)
    return {one.note_id: one for one in db.session.scalars(query)}


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


def translation_history(note: Note, language: str) -> list[Translation]:
    """Everything this note was in this language, the newest first; '' is where it was taken out."""
    query = select(Translation).where(Translation.note_id == note.id, Translation.language == language)
    return list(db.session.scalars(query.order_by(Translation.number.desc()).options(joinedload(Translation.by))))
