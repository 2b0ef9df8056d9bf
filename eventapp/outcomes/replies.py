"""What is answered by link: yes, other words, or an objection; and how the rapporteur settles the last two."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from eventapp.db import db, lock
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.outcomes import mails
from eventapp.outcomes.actions import revise, set_aside
from eventapp.outcomes.asked import AGREED, OBJECTED, WORDED, Confirmation, Reply
from eventapp.outcomes.clearing import answerable, token_of
from eventapp.outcomes.confirming import (
    due_reminders,
    notes_concerning,
    notes_to_confirm,
    open_replies,
)
from eventapp.outcomes.draft import Draft, draft_from, draft_of, title_from
from eventapp.outcomes.models import APPROVED, CONFIRMED, SUBMITTED, Note
from eventapp.outcomes.queries import revision_of
from eventapp.outcomes.roads import move
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.words import _

STRONGEST = (OBJECTED, WORDED, AGREED)


@dataclass(frozen=True)
class Said:
    """The answer to one note as it stood at `revision`: other words, why not, or neither, which is a yes."""

    revision: int
    text: str = ""
    reason: str = ""


def reply(asked: Confirmation, said: Mapping[int, Said], *, at: datetime) -> list[Reply]:
    """A moderator or speaker answers, note by note, once. Refused where the link is spent, or a note was changed since.

    Other words become a text beside the note that a rapporteur decides on. What somebody objects to or corrects goes
    back from approved to submitted; a published note stays as it is, and waits for a corrigendum.
    """
    lock(asked)
    answerable(asked, at)
    waiting = {note.id for note in notes_to_confirm(asked.session, asked.who)}
    made = []
    for note in notes_concerning(asked.session, asked.who):
        if note.id not in waiting and note.id not in said:
            continue
        lock(note)
        answer = said.get(note.id)
        if answer is None or answer.revision != note.head:
            raise Refused(
                _("%(ref)s was changed while you were reading. Read it again, then answer.", ref=note.reference)
            )
        made.append(reply_to(note, asked, answer, at=at))
    asked.answered_at = at
    asked.forget_begun()
    asked.answer = next((kind for kind in STRONGEST if any(one.answer == kind for one in made)), AGREED)
    counts = {kind: sum(one.answer == kind for one in made) for kind in STRONGEST}
    record("answered by link", asked, by=asked.person, at=at, meeting_id=asked.session.meeting_id, **counts)
    return made


def reply_to(note: Note, asked: Confirmation, answer: Said, *, at: datetime) -> Reply:
    by, kept = asked.person, None
    kind = OBJECTED if answer.reason else AGREED
    if not answer.reason and answer.text and answer.text != note.current.text:
        kind = WORDED
        kept = set_aside(note, reworded(draft_of(note.current), answer.text), base=note.head, by=by, at=at)
        db.session.flush()
    made = Reply(
        confirmation=asked,
        note=note,
        revision=answer.revision,
        answer=kind,
        reason=answer.reason,
        kept=kept,
        at=at,
    )
    db.session.add(made)
    if kind == AGREED and note.state == SUBMITTED and not open_replies(note):
        move(note, CONFIRMED, by=by, at=at)
    elif kind != AGREED and note.state in (CONFIRMED, APPROVED):
        move(note, SUBMITTED, by=by, at=at)
    record(
        f"{kind} by link",
        note,
        by=by,
        at=at,
        meeting_id=note.session.meeting_id,
        reference=note.reference,
        revision=note.head,
        reason=answer.reason,
    )
    return made


def reworded(draft: Draft, text: str) -> Draft:
    """The same note in other words; a title that was made from the words follows them."""
    return replace(draft, text=text, title="" if draft.title == title_from(draft.text) else draft.title)


def accept(answer: Reply, *, by: Person | None, at: datetime) -> None:
    """Let the note say what its speaker proposed, and count it as confirmed by them.

    Refused where it was settled already, where the words were changed since they were read, and as in `revise`.
    """
    note, kept = held(answer), answer.kept
    if kept is None or answer.answer != WORDED:
        raise Refused(_("No other words were proposed here."))
    read = revision_of(note, answer.revision)
    if read is None or read.text != note.current.text:
        raise Refused(_("The words of %(ref)s were changed since. Decide between both texts.", ref=note.reference))
    name = answer.confirmation.name
    proposed = reworded(draft_of(note.current), draft_from(kept.content).text)
    revise(note, proposed, base=note.head, by=by, at=at, remark=_("In the words of %(name)s, by link", name=name))
    settle(answer, "", by=by, at=at)
    if note.state == SUBMITTED and not open_replies(note):
        move(note, CONFIRMED, by=answer.confirmation.person, at=at)


def turn_down(answer: Reply, words: str, *, by: Person | None, at: datetime) -> None:
    """Leave the note as it is, and say what is done about the correction or objection. The letter tells the person.

    Refused where it was settled already, or nothing is said.
    """
    held(answer)
    if not words:
        raise Refused(_("Say in a sentence what is done about it: %(name)s reads it.", name=answer.confirmation.name))
    settle(answer, words, by=by, at=at)


def held(answer: Reply) -> Note:
    """The note of an open reply, locked: first the note, as everywhere."""
    lock(answer.note)
    lock(answer)
    if not answer.is_open:
        raise Refused(_("Somebody has settled this already."))
    return answer.note


def settle(answer: Reply, words: str, *, by: Person | None, at: datetime) -> None:
    answer.settled_at, answer.settled_by_id, answer.settlement = at, by.id if by else None, words
    if answer.kept is not None:
        answer.kept.settled_at = at
    db.session.flush()
    note, person = answer.note, answer.confirmation.person
    if person is not None:
        post(mails.settled(answer), at=at)
    record(
        "settled reply", note, by=by, at=at, meeting_id=note.session.meeting_id, reference=note.reference, words=words
    )


def remind_next(at: datetime) -> int:
    """Remind one person whose link ends soon, once. Who has nothing left to confirm, or is none of the participants any
    more, gets no letter. Returns 1, or 0.
    """
    asked = db.session.scalar(due_reminders(at).with_for_update(skip_locked=True))
    if asked is None:
        return 0
    asked.reminded_at = at
    if asked.is_open(at) and notes_to_confirm(asked.session, asked.who):
        post(mails.reminder(asked, token=token_of(asked)), at=at)
        record("reminded", asked, by=None, at=at, meeting_id=asked.session.meeting_id, role=asked.name)
    return 1
