from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm.attributes import set_committed_value

from eventapp.agenda.models import Session
from eventapp.db import db, lock
from eventapp.floor.models import Statement
from eventapp.history.actions import record
from eventapp.outcomes.delivering import follow
from eventapp.outcomes.draft import Draft, Unexplained, draft_from, draft_of, is_known, is_too_long
from eventapp.outcomes.findable import keep_note
from eventapp.outcomes.keys import kept_with_key, note_sent_as, note_with_key, revision_with_key
from eventapp.outcomes.models import (
    APPROVED,
    CONFIRMED,
    CORRECTED,
    DELETED,
    PUBLISHED,
    RECORDED,
    RESTORED,
    REVISED,
    SUBMITTED,
    UNDONE,
    KeptText,
    Note,
    Revision,
)
from eventapp.outcomes.queries import next_number, revision_of
from eventapp.outcomes.roads import move
from eventapp.outcomes.sheltering import fingerprint, sent_as, settle_typing
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.words import _

UNDO_LASTS = timedelta(minutes=10)


def record_note(
    session: Session,
    draft: Draft,
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
    check(draft)
    lock(session)  # numbers have no gaps and no twins
    sent = fingerprint(f"session {session.id} {key}" if key else "", draft, by)
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
    write(note, draft.tidy(session.rule), RECORDED, by=by, at=at)
    settle_typing(key, by=by, at=at)
    record("recorded", note, by=by, at=at, meeting_id=session.meeting_id, reference=note.reference)
    return note


def record_again(
    session: Session,
    draft: Draft,
    *,
    taken_back: str,
    by: Person | None,
    at: datetime,
    key: str = "",
    statement: Statement | None = None,
) -> Note | KeptText:
    """As record_note, for a text that was taken back while it was on its way.

    Where it had become a note all the same, that note says this from now on, and there is no second one. Where somebody
    changed that note meanwhile, nothing is overwritten: the text is kept aside, as in revise.
    """
    lock(session)
    sent = sent_as(session, taken_back, by)
    note = note_sent_as(sent) if sent else None
    if note is None:
        note = record_note(session, draft, by=by, at=at, key=key, statement=statement)
        note.sent_as = sent  # so that it is found whether it arrives now or is taken back once more
        return note
    told = revise(note, draft, base=own_last(note, by), by=by, at=at, key=key)
    return told if isinstance(told, KeptText) else note


def own_last(note: Note, by: Person | None) -> int:
    """The newest revision, as long as nobody else made one: whoever takes a text back knows of no other's."""
    revisions = sorted(note.revisions, key=lambda one: one.number)
    others = (one.number - 1 for one in revisions if one.by_id != (by.id if by else None))
    return next(others, note.head)


def revise(
    note: Note, draft: Draft, *, base: int, by: Person | None, at: datetime, key: str = "", remark: str = ""
) -> Revision | KeptText:
    """Let the note say this from now on; `base` is the revision it was written from.

    Where somebody else was faster nothing is overwritten: the text is kept aside and handed back to be decided on.
    Returns the head unchanged where it says the same already. Refused as in record_note, and for a published note
    without a remark: it changes only by a corrigendum that says why.
    """
    lock(note)
    sent = fingerprint(f"note {note.id} {key}" if key else "", draft, by)
    again = (revision_with_key(sent) or kept_with_key(sent, by)) if sent else None
    if again is not None:
        return again
    settle_typing(key, by=by, at=at)
    tidy = draft.tidy(note.session.rule)
    if tidy == draft_of(note.current) and not note.is_deleted:
        return note.current
    if base != note.head or note.is_deleted:
        return set_aside(note, draft, base=base, by=by, at=at, key=sent)
    check(draft)
    if note.state == PUBLISHED and not remark:
        raise Unexplained(_("This note is published. Say why it is corrected: the reason stands beside the new words."))
    act = CORRECTED if note.state == PUBLISHED else REVISED
    return change(note, tidy, act, by=by, at=at, key=sent, remark=remark)


def restore(note: Note, number: int, *, base: int, by: Person | None, at: datetime) -> Revision | KeptText:
    """Let the note say again what it said at this number, as a new revision; a deleted note is back with it."""
    lock(note)
    old = revision_of(note, number)
    if old is None:
        raise Refused(_("This note has no revision %(number)s. Choose one from its history.", number=number))
    draft = draft_of(old).tidy(note.session.rule)
    if base != note.head:
        return set_aside(note, draft, base=base, by=by, at=at)
    unpublished(note)
    return change(note, draft, RESTORED, by=by, at=at, remark=_("Revision %(number)s again", number=number))


def delete(note: Note, *, base: int, by: Person | None, at: datetime) -> Revision:
    """Take the note out of the record. It is a revision like any other, and can be undone or restored for ever."""
    lock(note)
    unpublished(note)
    if note.is_deleted:
        return note.current
    if base != note.head:
        raise Refused(_("Somebody changed this note while you were reading it. Read it again before you delete it."))
    return change(note, draft_of(note.current), DELETED, by=by, at=at, deleted=True)


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
        return change(note, draft_of(newest), UNDONE, by=by, at=at, deleted=True)
    return change(note, draft_of(before), UNDONE, by=by, at=at, deleted=before.deleted)


def settle(
    kept: KeptText, draft: Draft | None, *, base: int, by: Person | None, at: datetime, remark: str = ""
) -> Revision | KeptText | None:
    """Decide between two texts: this draft from now on, or (None) the one the note has. Both stay in the history.

    `base` is the revision that stood beside the kept text; where a third one has come meanwhile, the draft is kept too.
    """
    note = kept.note
    if note is None:
        raise Refused(_("This text belongs to no note. Copy it into a new one."))
    lock(note)
    if note.state != PUBLISHED:  # there the reason of the corrigendum has to be somebody's own
        remark = remark or _("Decided between two texts")
    outcome = revise(note, draft, base=base, by=by, at=at, remark=remark) if draft else None
    kept.settled_at = kept.settled_at or at
    record("settled", note, by=by, at=at, meeting_id=note.session.meeting_id, reference=note.reference, kept=kept.id)
    return outcome


def record_beside(kept: KeptText, *, by: Person | None, at: datetime) -> Note:
    """Keep both texts: the one that was set aside becomes a note of its own."""
    note = record_note(kept.session, draft_from(kept.content), by=by, at=at, key=f"kept-{kept.id}")
    kept.settled_at = kept.settled_at or at
    return note


def set_aside(
    note: Note, draft: Draft, *, base: int, by: Person | None, at: datetime, key: str | None = None
) -> KeptText:
    """Keep a text that cannot be saved over a newer one, until somebody decides and for ever after."""
    kept = KeptText(session=note.session, note=note, base=base, content=draft.content(), client_key=key, at=at, by=by)
    db.session.add(kept)
    record("set aside", note, by=by, at=at, meeting_id=note.session.meeting_id, reference=note.reference, base=base)
    return kept


def change(
    note: Note,
    draft: Draft,
    act: str,
    *,
    by: Person | None,
    at: datetime,
    key: str | None = None,
    remark: str = "",
    deleted: bool = False,
) -> Revision:
    """A new revision of a locked note. What was cleared before is to be cleared again."""
    revision = write(note, draft, act, by=by, at=at, key=key, remark=remark, deleted=deleted)
    if note.state in (CONFIRMED, APPROVED):
        move(note, SUBMITTED, by=by, at=at)
    record(
        act, note, by=by, at=at, meeting_id=note.session.meeting_id, reference=note.reference, revision=revision.number
    )
    return revision


def write(
    note: Note,
    draft: Draft,
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
        **draft.columns(),
    )
    db.session.add(revision)
    db.session.flush()
    follow(note, before, revision)
    db.session.expire(note, ["revisions"])
    set_committed_value(note, "current", revision)
    keep_note(note, is_new=before is None)
    return revision


def check(draft: Draft) -> None:
    if not draft.text:
        raise Refused(_("A note needs words. Write what was said."))
    if not is_known(draft):
        raise Refused(
            _("This note uses a code that is not in our lists. Choose kind, lines, goals and countries again.")
        )
    if is_too_long(draft):
        raise Refused(
            _(
                "A note is one idea in 150 words or less, under a title of 120 characters, with 50 words for what it "
                "adds. Make two notes of it."
            )
        )


def unpublished(note: Note) -> None:
    if note.state == PUBLISHED:
        raise Refused(_("This note is published. Write a corrigendum instead: change its words and say why."))


def both(kept: KeptText, text: str) -> Draft:
    """The kept draft with words that were merged by hand."""
    return replace(draft_from(kept.content), text=text, title="")
