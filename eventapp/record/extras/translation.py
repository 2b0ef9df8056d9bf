"""A note in another language: beside the words as they were said, never in their place."""

from dataclasses import dataclass
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.record.extras.indexing import index_note
from eventapp.record.extras.models import Translation
from eventapp.record.extras.queries import tongue_of, translation_history
from eventapp.record.notes.models import Note
from eventapp.vocabulary.tongues import TONGUES


@dataclass(frozen=True)
class Rendering:
    """A note in another language, as somebody wants it to stand; without text it is taken out."""

    language: str
    text: str
    title: str = ""
    translator: str = ""


def translate(note: Note, rendering: Rendering, *, base: int, by: Person | None, at: datetime) -> Translation:
    """Let this stand beside the note from now on; `base` is the number it was written from, 0 where none stands there.

    What stood before stays in the history. Refused for a deleted note, for its own language, and where somebody else
    was faster.
    """
    lock(note)
    if note.is_deleted:
        raise Refused(_("This note was deleted. Restore it before you translate it."))
    if rendering.language not in TONGUES or rendering.language == tongue_of(note):
        raise Refused(_("Choose another language than that of the note."))
    before = translation_history(note, rendering.language)
    newest = before[0] if before else None
    if newest is not None and rendering == rendering_of(newest) and newest.of_revision == note.head:
        return newest
    if base != (newest.number if newest and newest.text else 0):
        raise Refused(
            _("Somebody changed this translation while you were writing. Compare both, then save yours again.")
        )
    made = Translation(
        note_id=note.id,
        language=rendering.language,
        number=newest.number + 1 if newest else 1,
        of_revision=note.head,
        title=rendering.title,
        text=rendering.text,
        translator=rendering.translator,
        at=at,
        by=by,
    )
    db.session.add(made)
    index_note(note)
    enter(note, made)
    return made


def enter(note: Note, made: Translation) -> None:
    """Write into the history of the meeting that a translation was made, or taken out."""
    record(
        "translated" if made.text else "took out translation",
        note,
        by=made.by,
        at=made.at,
        reference=note.reference,
        language=made.language,
        number=made.number,
    )


def rendering_of(translation: Translation) -> Rendering:
    """What this translation says."""
    return Rendering(translation.language, translation.text, translation.title, translation.translator)
