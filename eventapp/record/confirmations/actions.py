"""What is answered by link: yes, other words, or an objection; and how the rapporteur settles the last two."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from eventapp.agenda.models import Session
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.links.actions import end, link_for_letter
from eventapp.mail.actions import post
from eventapp.people.models import Person
from eventapp.record.confirmations.drafts import answerable, forget_answers
from eventapp.record.confirmations.mails import confirmation, reminder
from eventapp.record.confirmations.models import AGREED, LINK, OBJECTED, WORDED, Addressee, Confirmation, Reply, called
from eventapp.record.confirmations.queries import (
    confirmations_of,
    due_reminders,
    notes_concerning,
    notes_to_confirm,
    open_replies,
    people_to_ask,
)
from eventapp.record.drafts.actions import keep_second
from eventapp.record.notes.content import NoteContent, content_of, title_from
from eventapp.record.notes.models import APPROVED, CONFIRMED, SUBMITTED, Note
from eventapp.record.notes.transitions import move
from eventapp.registration.models import Registration

STRONGEST = (OBJECTED, WORDED, AGREED)


@dataclass(frozen=True)
class Said:
    """The answer to one note as it stood at `revision`: other words, why not, or neither, which is a yes."""

    revision: int
    text: str = ""
    reason: str = ""


def reply(asked: Confirmation, answers: Mapping[int, Said], *, at: datetime) -> list[Reply]:
    """A moderator or speaker answers, note by note, once. Refused where the link is spent, or a note was changed since.

    Other words become a text beside the note that a rapporteur decides on. What somebody objects to or corrects goes
    back from approved to submitted; a published note stays as it is, and waits for a corrigendum.
    """
    lock(asked)
    answerable(asked, at)
    waiting = {note.id for note in notes_to_confirm(asked.session, asked.who)}
    made = []
    for note in notes_concerning(asked.session, asked.who):
        if note.id not in waiting and note.id not in answers:
            continue
        lock(note)
        answer = answers.get(note.id)
        if answer is None or answer.revision != note.head:
            raise Refused(
                _("%(ref)s was changed while you were reading. Read it again, then answer.", ref=note.reference)
            )
        made.append(reply_to(note, asked, answer, at=at))
    asked.answered_at = at
    forget_answers(asked, at)
    asked.answer = next((kind for kind in STRONGEST if any(one.answer == kind for one in made)), AGREED)
    counts = {kind: sum(one.answer == kind for one in made) for kind in STRONGEST}
    record("answered by link", asked, by=asked.person, at=at, **counts)
    return made


def reply_to(note: Note, asked: Confirmation, answer: Said, *, at: datetime) -> Reply:
    by, draft = asked.person, None
    kind = OBJECTED if answer.reason else AGREED
    if not answer.reason and answer.text and answer.text != note.current.text:
        kind = WORDED
        draft = keep_second(note, reworded(content_of(note.current), answer.text), base=note.head, by=by, at=at)
    made = Reply(
        confirmation=asked,
        note=note,
        revision=answer.revision,
        answer=kind,
        reason=answer.reason,
        draft=draft,
        at=at,
    )
    db.session.add(made)
    if kind == AGREED and note.state == SUBMITTED and not open_replies(note):
        move(note, CONFIRMED, by=by, at=at)
    elif kind != AGREED and note.state in (CONFIRMED, APPROVED):
        move(note, SUBMITTED, by=by, at=at)
    record(f"{kind} by link", note, by=by, at=at, reference=note.reference, revision=note.head, reason=answer.reason)
    return made


def reworded(content: NoteContent, text: str) -> NoteContent:
    """The same note in other words; a title that was made from the words follows them."""
    return replace(content, text=text, title="" if content.title == title_from(content.text) else content.title)


def remind_next(at: datetime) -> int:
    """Remind one person whose link ends soon, once. Who has nothing left to confirm, or is none of the participants any
    more, gets no letter. Returns 1, or 0.
    """
    asked = db.session.scalar(due_reminders(at).with_for_update(skip_locked=True))
    if asked is None:
        return 0
    asked.reminded_at = at
    if asked.person is not None and asked.is_open(at) and notes_to_confirm(asked.session, asked.who):
        post(reminder(asked, asked.person, token=token_of(asked)), at=at)
        record("reminded", asked, by=None, at=at, role=asked.name)
    return 1


LINK_LASTS = timedelta(hours=24)
HOUR, ASKED_MOST = timedelta(hours=1), 4  # letters to one person about one session


def ask_to_confirm(session: Session, who: Addressee, *, by: Person | None, at: datetime) -> Confirmation:
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
            close(older, at)
            end(LINK, older, at=at, is_replaced=True)
    part = {"registration": who} if isinstance(who, Registration) else {"role": who}
    asked_by = by.id if by else None
    asked = Confirmation(session=session, asked_at=at, asked_by_id=asked_by, expires_at=at + LINK_LASTS, **part)
    db.session.add(asked)
    db.session.flush()
    post(confirmation(asked, who.person, token=token_of(asked)), at=at)
    record("asked to confirm", asked, by=by, at=at, role=name)
    return asked


def token_of(asked: Confirmation) -> str:
    """The secret of this request's link, made where there is none."""
    meeting_id, at, until = asked.session.meeting_id, asked.asked_at, asked.expires_at
    return link_for_letter(LINK, asked, meeting_id=meeting_id, at=at, expires_at=until)


def ask_everybody(session: Session, *, by: Person | None, at: datetime) -> list[Confirmation]:
    """Ask everybody whose word is missing and who has no open link. Refused where there is nobody to ask."""
    lock(session)
    people = people_to_ask(session, at=at)
    if not people:
        raise Refused(_("There is nobody to ask: everybody was asked, or no address is known."))
    return [ask_to_confirm(session, who, by=by, at=at) for who in people]


def close(asked: Confirmation, at: datetime) -> None:
    """The link opens no more from now on, and what was typed behind it and not sent is gone."""
    asked.ended_at = asked.ended_at or at
    forget_answers(asked, at)


def end_link(asked: Confirmation, *, by: Person | None, at: datetime) -> None:
    """Stop a link that went to the wrong hands; organizers, rapporteurs and its holder may."""
    lock(asked)
    close(asked, at)
    end(LINK, asked, at=at)
    record("ended link", asked, by=by, at=at)
