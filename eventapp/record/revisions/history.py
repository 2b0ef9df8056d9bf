"""Back to what a note said before, and out of the record."""

from datetime import datetime, timedelta

from eventapp.drafts.models import Draft
from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.people.models import Person
from eventapp.record.drafts.actions import keep_second
from eventapp.record.notes.content import content_of
from eventapp.record.notes.models import (
    DELETED,
    PUBLISHED,
    RESTORED,
    UNDONE,
    Note,
    Revision,
)
from eventapp.record.notes.queries import revision_of
from eventapp.record.revisions.actions import change

UNDO_LASTS = timedelta(minutes=10)


def restore(note: Note, number: int, *, base: int, by: Person | None, at: datetime) -> Revision | Draft:
    """Let the note say again what it said at this number, as a new revision; a deleted note is back with it."""
    lock(note)
    old = revision_of(note, number)
    if old is None:
        raise Refused(_("This note has no revision %(number)s. Choose one from its history.", number=number))
    content = content_of(old).tidy(note.session)
    if base != note.head:
        return keep_second(note, content, base=base, by=by, at=at)
    unpublished(note)
    return change(note, content, RESTORED, by=by, at=at, remark=_("Revision %(number)s again", number=number))


def delete(note: Note, *, base: int, by: Person | None, at: datetime) -> Revision:
    """Take the note out of the record. It is a revision like any other, and can be undone or restored for ever."""
    lock(note)
    unpublished(note)
    if note.is_deleted:
        return note.current
    if base != note.head:
        raise Refused(_("Somebody changed this note while you were reading it. Read it again before you delete it."))
    return change(note, content_of(note.current), DELETED, by=by, at=at, deleted=True)


def undo(note: Note, *, by: Person | None, at: datetime) -> Revision:
    """Take back the last change of this note, as a new revision. Refused for another's change and after ten minutes."""
    lock(note)
    unpublished(note)
    newest = note.current
    if newest.by_id != (by.id if by else None):
        raise Refused(_("Somebody else made the last change. Choose an older revision from the history instead."))
    if at - newest.at > UNDO_LASTS:
        raise Refused(_("Ten minutes are over. Choose an older revision from the history instead."))
    before = revision_of(note, newest.number - 1)
    if before is None:
        return change(note, content_of(newest), UNDONE, by=by, at=at, deleted=True)
    return change(note, content_of(before), UNDONE, by=by, at=at, deleted=before.deleted)


def unpublished(note: Note) -> None:
    if note.state == PUBLISHED:
        raise Refused(_("This note is published. Write a corrigendum instead: change its words and say why."))
