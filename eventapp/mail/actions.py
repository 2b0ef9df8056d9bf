from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import Actor, record
from eventapp.mail.mailbox import is_one_mailbox, reaches_somebody
from eventapp.mail.masking import masked
from eventapp.mail.models import FAILED, WAITING, Enclosure, Letter
from eventapp.mail.queries import failed_long_ago

A_TIME = 100  # letters


def post(letter: Letter, *, at: datetime) -> Letter:
    """Put this letter in the outbox, in the transaction that caused it. Refused where `to` is not one mailbox.

    To somebody who gave no address nothing is written.
    """
    if not is_one_mailbox(letter.to):
        sentence = _("“%(address)s” is not one email address. Write one, such as name@example.org.", address=letter.to)
        raise Refused(sentence)
    if not reaches_somebody(letter.to):
        return letter
    letter.posted_at = letter.due_at = at
    letter.attempts, letter.state = 0, WAITING
    db.session.add(letter)
    return letter


def enclose(letter: Letter, name: str, content: bytes, content_type: str, *, content_id: str | None = None) -> None:
    """Send a file along. With `content_id` the HTML part may show it as `cid:<content_id>`."""
    letter.enclosures.append(Enclosure(name=name, content=content, content_type=content_type, content_id=content_id))


def retry(letter: Letter, *, by: Actor | None, at: datetime) -> None:
    """Try a failed letter again, from the first attempt. Refused where it has not failed."""
    lock(letter)
    if letter.state != FAILED:
        raise Refused(_("This email has not failed: there is nothing to send again."))
    if not letter.html:
        raise Refused(_("This email failed too long ago to be sent again."))
    letter.state, letter.due_at, letter.attempts = WAITING, at, 0
    record("sent again", letter, by=by, at=at, to=letter.to, subject=letter.subject)


def give_up(letter: Letter, reason: str, *, by: Actor | None, at: datetime) -> None:
    """Stop trying to send this letter. Refused where it was sent or stopped already."""
    lock(letter)
    if letter.state != WAITING:
        raise Refused(_("This email does not wait any more: there is nothing to stop."))
    letter.state, letter.last_error = FAILED, reason
    record("gave up", letter, by=by, at=at, to=letter.to, reason=reason)


def forget_secrets(letter: Letter) -> None:
    """Leave out of a letter whatever opens anything: its links, its codes, its files.

    A copy of the database then holds no link that somebody was sent. Nobody reads again what is about no meeting.
    """
    letter.text = masked(letter.text) if letter.meeting_id else ""
    letter.html = letter.unsubscribe = ""
    letter.enclosures.clear()


def forget_failed(*, at: datetime) -> int:
    """Leave the secrets out of letters that failed long ago: nobody sends them again. Returns of how many."""
    letters = failed_long_ago(at, most=A_TIME)
    for letter in letters:
        forget_secrets(letter)
    return len(letters)
