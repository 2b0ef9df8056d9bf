"""Deciding between two texts of one note."""

from dataclasses import replace
from datetime import datetime

from eventapp.drafts.actions import settle as close
from eventapp.drafts.models import Draft
from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.record.drafts.actions import note_of, session_of
from eventapp.record.notes.content import NoteContent, content_from
from eventapp.record.notes.models import (
    PUBLISHED,
    Note,
    Revision,
)
from eventapp.record.revisions.actions import record_note, revise


def settle(
    draft: Draft, content: NoteContent | None, *, base: int, by: Person | None, at: datetime, remark: str = ""
) -> Revision | Draft | None:
    """Decide between two texts: this draft from now on, or (None) the one the note has. Both stay in the history.

    `base` is the revision that stood beside the kept text; where a third one has come meanwhile, the draft is kept too.
    """
    note = note_of(draft)
    if note is None:
        raise Refused(_("This text belongs to no note. Copy it into a new one."))
    lock(note)
    if note.state != PUBLISHED:  # there the reason of the corrigendum has to be somebody's own
        remark = remark or _("Decided between two texts")
    outcome = revise(note, content, base=base, by=by, at=at, remark=remark) if content else None
    close(draft, at=at)
    record("settled", note, by=by, at=at, reference=note.reference, kept=draft.id)
    return outcome


def record_beside(draft: Draft, *, by: Person | None, at: datetime) -> Note:
    """Keep both texts: the one that was set aside becomes a note of its own."""
    note = record_note(session_of(draft), content_from(draft.content), by=by, at=at, key=f"kept-{draft.id}")
    close(draft, at=at)
    return note


def both(draft: Draft, text: str) -> NoteContent:
    """The kept draft with words that were merged by hand."""
    return replace(content_from(draft.content), text=text, title="")
