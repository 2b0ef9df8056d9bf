"""A note in another language: beside the words as they were said, never in their place."""

from dataclasses import dataclass
from datetime import datetime

from eventapp.db import db, lock
from eventapp.history.actions import record
from eventapp.outcomes.companions import translation_history
from eventapp.outcomes.findable import keep_note
from eventapp.outcomes.models import Note, Translation
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.vocabulary.tongues import TONGUES
from eventapp.words import _


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
    if rendering.language not in TONGUES or rendering.language == note.current.language:
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
    keep_note(note)
    verb = "translated" if rendering.text else "took out translation"
    record(
        verb, note, by=by, at=at, meeting_id=note.session.meeting_id, reference=note.reference,
        language=rendering.language, number=made.number,
    )  # fmt: skip
    return made


def rendering_of(translation: Translation) -> Rendering:
    """What this translation says."""
    return Rendering(translation.language, translation.text, translation.title, translation.translator)
