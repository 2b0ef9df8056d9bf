"""From notes to cleared: handing a session in, confirmation by link, approval, publication."""

from datetime import datetime, timedelta

from eventapp.agenda.models import Session
from eventapp.db import db, lock
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.outcomes import mails
from eventapp.outcomes.asked import OBJECTED, Concerned, Confirmation, called
from eventapp.outcomes.checklist import Checklist, checklist
from eventapp.outcomes.confirming import (
    confirmations_of,
    notes_to_confirm,
    open_replies,
    people_to_ask,
)
from eventapp.outcomes.models import APPROVED, CONFIRMED, DRAFT, PUBLISHED, SUBMITTED, Note, SessionRecord
from eventapp.outcomes.queries import notes_of, record_of
from eventapp.outcomes.roads import move
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.registration.models import Registration
from eventapp.tokens import link
from eventapp.words import _, ngettext

LINK_LASTS = timedelta(hours=24)
LINK_PURPOSE = "confirmation"
HOUR, ASKED_MOST = timedelta(hours=1), 4  # letters to one person about one session


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
    handed_in = record_of(session) or SessionRecord(session=session)
    handed_in.submitted_at, handed_in.submitted_by_id = at, by.id if by else None
    handed_in.lacked = [line.code for line in listed.warnings]
    handed_in.despite = despite if listed.warnings else ""
    db.session.add(handed_in)
    record(
        "handed in",
        session,
        by=by,
        at=at,
        meeting_id=session.meeting_id,
        notes=len(notes),
        lacked=handed_in.lacked,
        despite=handed_in.despite,
    )
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


def ask_to_confirm(session: Session, who: Concerned, *, by: Person | None, at: datetime) -> Confirmation:
    """Send somebody of the session, or who spoke from its floor, a link to the submitted notes that concern them.

    It is good for 24 hours; a link sent before stops working. Refused where no address is known, where a participant
    does not take part any more, and where no submitted note concerns them.
    """
    lock(session)
    name = called(who)
    if who.person is None:
        raise Refused(
            _("No e-mail address of %(name)s is known. Add it on the agenda, or approve the notes yourself.", name=name)
        )
    if isinstance(who, Registration) and not who.holds_a_place:
        raise Refused(_("%(name)s does not take part in the meeting any more, and is not asked.", name=name))
    if not notes_to_confirm(session, who):
        raise Refused(_("No submitted note concerns %(name)s. Hand the session in first.", name=name))
    before = [one for one in confirmations_of(session) if one.who == who]
    if sum(one.asked_at > at - HOUR for one in before) >= ASKED_MOST:
        raise Refused(_("%(name)s was asked several times in this hour. Wait for the answer.", name=name))
    for older in before:
        if older.is_open(at):
            older.end(at)
    part = {"registration": who} if isinstance(who, Registration) else {"role": who}
    asked_by = by.id if by else None
    asked = Confirmation(session=session, asked_at=at, asked_by_id=asked_by, expires_at=at + LINK_LASTS, **part)
    db.session.add(asked)
    db.session.flush()
    post(mails.confirmation(asked, token=token_of(asked)), at=at)
    record("asked to confirm", asked, by=by, at=at, meeting_id=session.meeting_id, role=name)
    return asked


def token_of(asked: Confirmation) -> str:
    """The token of this request's link."""
    return link(LINK_PURPOSE, asked.id, expires=asked.expires_at)


def ask_everybody(session: Session, *, by: Person | None, at: datetime) -> list[Confirmation]:
    """Ask everybody whose word is missing and who has no open link. Refused where there is nobody to ask."""
    lock(session)
    people = people_to_ask(session, at=at)
    if not people:
        raise Refused(_("There is nobody to ask: everybody was asked, or no address is known."))
    return [ask_to_confirm(session, who, by=by, at=at) for who in people]


def end_link(asked: Confirmation, *, by: Person | None, at: datetime) -> None:
    """Stop a link that went to the wrong hands; organizers, rapporteurs and its holder may."""
    lock(asked)
    asked.end(at)
    record("ended link", asked, by=by, at=at, meeting_id=asked.session.meeting_id)


def answerable(asked: Confirmation, at: datetime) -> None:
    if not asked.is_open(at):
        raise Refused(_("This link was answered already, is older than 24 hours or was ended. Ask the secretariat."))


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
    record(
        "approved", note, by=by, at=at, meeting_id=note.session.meeting_id, reference=note.reference, revision=note.head
    )


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
        post(mails.sent_back(note, reason), at=at)
    record("sent back", note, by=by, at=at, meeting_id=note.session.meeting_id, reference=note.reference, reason=reason)


def publish(note: Note, *, by: Person | None, at: datetime) -> None:
    """Put an approved note before the world, with the report that cites it. From now on only corrigenda."""
    lock(note)
    if note.state == PUBLISHED:
        return
    if note.state != APPROVED or note.is_deleted or note.current.off_record:
        raise Refused(_("%(ref)s is not approved. Approve it before it is published.", ref=note.reference))
    move(note, PUBLISHED, by=by, at=at)
    record(
        "published",
        note,
        by=by,
        at=at,
        meeting_id=note.session.meeting_id,
        reference=note.reference,
        revision=note.head,
    )
