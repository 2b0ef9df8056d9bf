from datetime import datetime

from sqlalchemy.orm.attributes import set_committed_value

from eventapp.agenda.models import Session
from eventapp.drafts.models import Draft
from eventapp.drafts.queries import with_key
from eventapp.floor.models import Statement
from eventapp.ground.db import db, lock
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.themes.queries import themes_of
from eventapp.people.models import Person
from eventapp.record.drafts.actions import keep_second, settle_typing
from eventapp.record.extras.delivery import follow
from eventapp.record.extras.indexing import index_note
from eventapp.record.notes.content import NoteContent, Unexplained, check, content_of
from eventapp.record.notes.idempotency import fingerprint, note_sent_as, note_with_key, revision_with_key, sent_as
from eventapp.record.notes.models import (
    APPROVED,
    CONFIRMED,
    CORRECTED,
    PUBLISHED,
    RECORDED,
    REVISED,
    SUBMITTED,
    Note,
    Revision,
)
from eventapp.record.notes.queries import next_number
from eventapp.record.notes.transitions import move


def record_note(
    session: Session,
    content: NoteContent,
    *,
    by: Person | None,
    at: datetime,
    key: str = "",
    statement: Statement | None = None,
    illustrative: bool = False,
) -> Note:
    """Write down one idea. The same draft under the same key of the browser is one note, however often it is sent.

    `statement` is the turn on the floor it was said in, where there was one.

    Refused where the draft has no text, goes beyond a limit or uses a code nobody knows.
    """
    check(content, themes_of(session.meeting))
    lock(session)  # numbers have no gaps and no twins
    sent = fingerprint(f"session {session.id} {key}" if key else "", content, by)
    again = note_with_key(sent) if sent else None
    if again is not None:
        return again
    note = Note(
        session=session,
        number=next_number(session),
        head=0,
        state_at=at,
        state_by_id=by.id if by else None,
        author=by,
        created_at=at,
        client_key=sent,
        sent_as=sent_as(session, key, by),
        statement=statement,
        illustrative=illustrative,
    )
    db.session.add(note)
    write(note, content.tidy(session), RECORDED, by=by, at=at)
    settle_typing(key, by=by, at=at)
    record("recorded", note, by=by, at=at, reference=note.reference)
    return note


def record_again(
    session: Session,
    content: NoteContent,
    *,
    taken_back: str,
    by: Person | None,
    at: datetime,
    key: str = "",
    statement: Statement | None = None,
) -> Note | Draft:
    """As record_note, for a text that was taken back while it was on its way.

    Where it had become a note all the same, that note says this from now on, and there is no second one. Where somebody
    changed that note meanwhile, nothing is overwritten: the text is kept aside, as in revise.
    """
    lock(session)
    sent = sent_as(session, taken_back, by)
    note = note_sent_as(sent) if sent else None
    if note is None:
        note = record_note(session, content, by=by, at=at, key=key, statement=statement)
        note.sent_as = sent  # so that it is found whether it arrives now or is taken back once more
        return note
    outcome = revise(note, content, base=own_last(note, by), by=by, at=at, key=key)
    return outcome if isinstance(outcome, Draft) else note


def own_last(note: Note, by: Person | None) -> int:
    """The newest revision, as long as nobody else made one: whoever takes a text back knows of no other's."""
    revisions = sorted(note.revisions, key=lambda one: one.number)
    others = (one.number - 1 for one in revisions if one.by_id != (by.id if by else None))
    return next(others, note.head)


def revise(
    note: Note, content: NoteContent, *, base: int, by: Person | None, at: datetime, key: str = "", remark: str = ""
) -> Revision | Draft:
    """Let the note say this from now on; `base` is the revision it was written from.

    Where somebody else was faster nothing is overwritten: the text is kept aside and handed back to be decided on.
    Returns the head unchanged where it says the same already. Refused as in record_note, and for a published note
    without a remark: it changes only by a corrigendum that says why.
    """
    lock(note)
    sent = fingerprint(f"note {note.id} {key}" if key else "", content, by)
    again = (revision_with_key(sent) or with_key(sent, by.id if by else None)) if sent else None
    if again is not None:
        return again
    settle_typing(key, by=by, at=at)
    tidy = content.tidy(note.session)
    if tidy == content_of(note.current) and not note.is_deleted:
        return note.current
    if base != note.head or note.is_deleted:
        return keep_second(note, content, base=base, by=by, at=at, key=sent)
    check(content, themes_of(note.session.meeting))
    if note.state == PUBLISHED and not remark:
        raise Unexplained(
            _("This note is published. Say why it is corrected: the reason is shown beside the new text.")
        )
    act = CORRECTED if note.state == PUBLISHED else REVISED
    return change(note, tidy, act, by=by, at=at, key=sent, remark=remark)


def change(
    note: Note,
    content: NoteContent,
    act: str,
    *,
    by: Person | None,
    at: datetime,
    key: str | None = None,
    remark: str = "",
    deleted: bool = False,
) -> Revision:
    """A new revision of a locked note. What was cleared before is to be cleared again."""
    revision = write(note, content, act, by=by, at=at, key=key, remark=remark, deleted=deleted)
    if note.state in (CONFIRMED, APPROVED):
        move(note, SUBMITTED, by=by, at=at)
    record(act, note, by=by, at=at, reference=note.reference, revision=revision.number)
    return revision


def write(
    note: Note,
    content: NoteContent,
    act: str,
    *,
    by: Person | None,
    at: datetime,
    key: str | None = None,
    remark: str = "",
    deleted: bool = False,
) -> Revision:
    before = note.current if note.head else None
    note.head += 1
    note.deleted_at = at if deleted else None
    revision = Revision(
        note=note,
        number=note.head,
        at=at,
        by=by,
        act=act,
        client_key=key,
        remark=remark,
        deleted=deleted,
        **content.columns(),
    )
    db.session.add(revision)
    db.session.flush()
    follow(note, before, revision)
    db.session.expire(note, ["revisions"])
    set_committed_value(note, "current", revision)
    index_note(note, is_new=before is None)
    return revision
