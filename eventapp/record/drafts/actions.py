"""Drafts of the record: what is being typed for a note, or to change one, and texts that were saved second."""

from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.drafts.actions import UNSENT, Sent, Slot, discard, keep, settle, throw_away
from eventapp.drafts.actions import keep_second as set_beside
from eventapp.drafts.models import Draft
from eventapp.drafts.queries import with_key
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.record.drafts.queries import CHANGE, NEW
from eventapp.record.notes.content import NoteContent
from eventapp.record.notes.idempotency import fingerprint, note_with_key, revision_with_key
from eventapp.record.notes.models import (
    Note,
)


def slot_of(session: Session, by: Person | None, key: str, note: Note | None = None) -> Slot:
    """Where what this person types for a new note is kept, or for a change of this one."""
    kind, target = (CHANGE, note.id) if note else (NEW, None)
    return Slot(kind, session.id, target, by.id if by else None, key)


def keep_typing(
    session: Session,
    content: NoteContent,
    sent: Sent = UNSENT,
    *,
    key: str,
    by: Person,
    at: datetime,
    note: Note | None = None,
) -> Draft | Note | None:
    """Keep what is being typed and not saved yet. Returns the note that says exactly this already, else the draft."""
    lock(session)
    saved = said_already(session, content, key, by, note)
    return saved or keep(slot_of(session, by, key, note), content.as_json(), sent, at=at).draft


def discard_typing(
    session: Session, sent: Sent, *, key: str, by: Person, at: datetime, note: Note | None = None
) -> Draft | None:
    """The text was emptied: it does not come back."""
    lock(session)
    return discard(slot_of(session, by, key, note), sent, at=at)


def settle_typing(key: str, *, by: Person | None, at: datetime) -> None:
    """What was being typed under this key is a note now, or a revision, or set aside beside one."""
    if key:
        settle(with_key(key, by.id if by else None), at=at)


def throw_text_away(draft: Draft, *, by: Person, at: datetime) -> None:
    """Somebody does not want their unfinished text any more. What was set aside in a conflict stays in its history."""
    session = session_of(draft)
    lock(session)
    db.session.refresh(draft)
    if draft.person_id != by.id or not draft.is_unfinished:
        raise Refused(_("This text was decided on already. Load the page again to see where it is."))
    throw_away(draft, at=at)
    record("threw away", session, by=by, at=at, kept=draft.id)


def session_of(draft: Draft) -> Session:
    """The session a draft of the record is of."""
    return db.session.get_one(Session, draft.scope_id)


def note_of(draft: Draft) -> Note | None:
    """The note that a draft of the record changes, None for a new one."""
    return db.session.get(Note, draft.target_id) if draft.target_id else None


def said_already(session: Session, content: NoteContent, key: str, by: Person, note: Note | None) -> Note | None:
    """The note that says exactly this since it was sent under this key."""
    if note is None:
        sent = fingerprint(f"session {session.id} {key}", content, by)
        return note_with_key(sent) if sent else None
    sent = fingerprint(f"note {note.id} {key}", content, by)
    return note if sent and (revision_with_key(sent) or with_key(sent, by.id)) else None


def keep_second(
    note: Note, content: NoteContent, *, base: int, by: Person | None, at: datetime, key: str | None = None
) -> Draft:
    """Keep a text that cannot be saved over a newer one, until somebody decides and for ever after."""
    slot = slot_of(note.session, by, key or "", note)
    draft = set_beside(slot, content.as_json(), base=base, at=at)
    record("set aside", note, by=by, at=at, reference=note.reference, base=base)
    return draft
