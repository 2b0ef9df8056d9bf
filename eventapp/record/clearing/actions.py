"""From notes to cleared: handing a session in, confirmation by link, approval, publication."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, select, update

from eventapp.agenda.models import Session
from eventapp.floor.actions import stop
from eventapp.floor.queries import running_in
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, ngettext
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.people.models import Person
from eventapp.record.clearing.checklist import Checklist, checklist
from eventapp.record.clearing.mails import sent_back
from eventapp.record.confirmations.models import OBJECTED
from eventapp.record.confirmations.queries import open_replies
from eventapp.record.notes.models import APPROVED, CONFIRMED, DRAFT, PUBLISHED, SUBMITTED, Note, Revision
from eventapp.record.notes.queries import notes_of
from eventapp.record.notes.transitions import move
from eventapp.record.sessions.models import SessionRecord
from eventapp.record.sessions.queries import record_of


def submit_session(session: Session, *, by: Person | None, at: datetime, despite: str = "") -> SessionRecord:
    """Hand the record of a session in: its drafts wait for clearance from now on. May be repeated for later notes.

    Refused where nothing was recorded, a note on the record has no action line, or the checklist warns of something and
    `despite` does not say why it is handed in all the same.
    """
    lock(session)
    listed = checklist(session)
    refuse_stopped(listed, despite)
    notes = [note for note in notes_of(session) if not note.current.off_record]
    for note in notes:
        if note.state == DRAFT:
            move(note, SUBMITTED, by=by, at=at)
            note.returned_for = ""
    speaking = running_in(session)
    if speaking is not None:  # nobody goes on with a session that is handed in
        stop(speaking, by=by, at=at)
    handed_in = record_of(session) or SessionRecord(session=session)
    handed_in.submitted_at, handed_in.submitted_by_id = at, by.id if by else None
    handed_in.lacked = [line.code for line in listed.warnings]
    handed_in.despite = despite if listed.warnings else ""
    db.session.add(handed_in)
    record("handed in", session, by=by, at=at, notes=len(notes), lacked=handed_in.lacked, despite=handed_in.despite)
    return handed_in


def refuse_stopped(listed: Checklist, despite: str) -> None:
    stops = {line.code: line for line in listed.stops}
    if "notes" in stops:
        raise Refused(_("There is no note on the record in this session yet. Record one before you hand it in."))
    if "lines" in stops:
        bare = [note.reference for note in stops["lines"].notes]
        raise Refused(
            ngettext(
                "Note %(refs)s has no action line. Give it one, then hand the session in.",
                "Notes %(refs)s have no action line. Give each one, then hand the session in.",
                len(bare),
                refs=", ".join(bare),
            )
        )
    if listed.warnings and not despite:
        raise Refused(_("Something is still missing. Put it right, or say why the session is handed in all the same."))


def approve(note: Note, *, by: Person | None, at: datetime) -> None:
    """Clear a note for reports. Refused where it was not handed in, is off the record, or somebody objects to it."""
    lock(note)
    if note.state == APPROVED:
        return
    if note.is_deleted or note.state not in (SUBMITTED, CONFIRMED):
        raise Refused(
            _(
                "%(ref)s was not handed in, or is published already. Only notes handed in are approved.",
                ref=note.reference,
            )
        )
    if note.current.off_record:
        raise Refused(_("%(ref)s is off the record and never leaves its session.", ref=note.reference))
    pending = open_replies(note)
    if pending:
        name = pending[0].confirmation.name
        raise Refused(
            _("%(name)s does not agree with %(ref)s yet. Settle it first.", name=name, ref=note.reference)
            if pending[0].answer == OBJECTED
            else _("%(name)s proposes other words for %(ref)s. Decide on them first.", name=name, ref=note.reference)
        )
    move(note, APPROVED, by=by, at=at)
    record("approved", note, by=by, at=at, reference=note.reference, revision=note.head)


def send_back(note: Note, reason: str, *, by: Person | None, at: datetime) -> None:
    """Give a note back to its rapporteur, who gets a letter with the reason. Refused for drafts and published notes."""
    lock(note)
    if note.state not in (SUBMITTED, CONFIRMED, APPROVED):
        raise Refused(_("%(ref)s is not waiting for approval: it cannot be sent back.", ref=note.reference))
    if not reason:
        raise Refused(_("Say in a sentence what the rapporteur should change."))
    move(note, DRAFT, by=by, at=at)
    note.returned_for = reason
    if note.author is not None:
        post(sent_back(note, note.author, reason), at=at)
    record("sent back", note, by=by, at=at, reference=note.reference, reason=reason)


def publish(notes: Sequence[Note], *, by: Person | None, at: datetime) -> None:
    """Put approved notes before the world, with the report that cites them. From now on only corrigenda.

    They may be of a session that has ended: their rows are asked anew, all at once. Refused where one is not approved.
    """
    known = {note.id: note for note in notes}
    head = and_(Revision.note_id == Note.id, Revision.number == Note.head)
    query = select(Note.id, Note.head, Note.state, Note.deleted_at, Revision.off_record).join(Revision, head)
    held = query.where(Note.id.in_(known)).order_by(Note.id).with_for_update(of=Note)
    rows = [row for row in db.session.execute(held) if row.state != PUBLISHED]
    for row in rows:
        if row.state != APPROVED or row.deleted_at or row.off_record:
            reference = known[row.id].reference
            raise Refused(_("%(ref)s is not approved. Approve it before it is published.", ref=reference))
    changed = {"state": PUBLISHED, "state_at": at, "state_by_id": by.id if by else None}
    db.session.execute(update(Note).where(Note.id.in_([row.id for row in rows])).values(**changed))
    for row in rows:
        note = known[row.id]
        record("published", note, by=by, at=at, reference=note.reference, revision=row.head)
