from datetime import datetime

from eventapp.db import lock
from eventapp.history.actions import Actor, record
from eventapp.mail.mailbox import is_one_mailbox
from eventapp.mail.models import FAILED, WAITING, Enclosure, Letter
from eventapp.refusal import Refused
from eventapp.rows import insert_now, put
from eventapp.words import _


def post(letter: Letter, *, at: datetime) -> Letter:
    """Put this letter in the outbox, in the transaction that caused it. Refused where `to` is not one mailbox."""
    if not is_one_mailbox(letter.to):
        sentence = _("“%(address)s” is not one email address. Write one, such as name@example.org.", address=letter.to)
        raise Refused(sentence)
    files = letter.enclosures  # read while it is new, and so without asking the database
    put(letter, posted_at=at, due_at=at, attempts=0, state=WAITING)
    insert_now(letter)
    for file in files:  # they are added along with it
        file.letter_id = letter.id
    return letter


def enclose(letter: Letter, name: str, content: bytes, content_type: str, *, content_id: str | None = None) -> None:
    """Send a file along. With `content_id` the HTML part may show it as `cid:<content_id>`."""
    letter.enclosures.append(Enclosure(name=name, content=content, content_type=content_type, content_id=content_id))


def retry(letter: Letter, *, by: Actor | None, at: datetime) -> None:
    """Try a failed letter again, from the first attempt. Refused where it has not failed."""
    lock(letter)
    if letter.state != FAILED:
        raise Refused(_("This email has not failed: there is nothing to send again."))
    letter.state, letter.due_at, letter.attempts = WAITING, at, 0
    record("sent again", letter, by=by, at=at, meeting_id=letter.meeting_id, to=letter.to, subject=letter.subject)


def give_up(letter: Letter, reason: str, *, by: Actor | None, at: datetime) -> None:
    """Stop trying to send this letter. Refused where it was sent or stopped already."""
    lock(letter)
    if letter.state != WAITING:
        raise Refused(_("This email does not wait any more: there is nothing to stop."))
    letter.state, letter.last_error = FAILED, reason
    record("gave up", letter, by=by, at=at, meeting_id=letter.meeting_id, to=letter.to, reason=reason)
