"""What a rapporteur decides on answers by link: take the words, or say what is done about them."""

from datetime import datetime

from eventapp.drafts.actions import settle as close
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.people.models import Person
from eventapp.record.clearing.mails import settled
from eventapp.record.confirmations.actions import reworded
from eventapp.record.confirmations.models import WORDED, Reply
from eventapp.record.confirmations.queries import open_replies
from eventapp.record.notes.content import content_from, content_of
from eventapp.record.notes.models import CONFIRMED, SUBMITTED, Note
from eventapp.record.notes.queries import revision_of
from eventapp.record.notes.transitions import move
from eventapp.record.revisions.actions import revise


def accept(answer: Reply, *, by: Person | None, at: datetime) -> None:
    """Let the note say what its speaker proposed, and count it as confirmed by them.

    Refused where it was settled already, where the words were changed since they were read, and as in `revise`.
    """
    note, draft = held(answer), answer.draft
    if draft is None or answer.answer != WORDED:
        raise Refused(_("No other words were proposed here."))
    read = revision_of(note, answer.revision)
    if read is None or read.text != note.current.text:
        raise Refused(_("The words of %(ref)s were changed since. Decide between both texts.", ref=note.reference))
    name = answer.confirmation.name
    proposed = reworded(content_of(note.current), content_from(draft.content).text)
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
    close(answer.draft, at=at)
    db.session.flush()
    note, person = answer.note, answer.confirmation.person
    if person is not None:
        post(settled(answer, person), at=at)
    record("settled reply", note, by=by, at=at, reference=note.reference, words=words)
