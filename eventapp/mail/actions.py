from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import case, delete, insert, select, update

from eventapp.ground.db import db, lock, table_of
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.waking import A_LETTER, wake
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import Actor, record
from eventapp.mail.mailbox import is_one_mailbox, nowhere, reaches_somebody
from eventapp.mail.masking import masked
from eventapp.mail.models import AT_ONCE, FAILED, TO_ONE, WAITING, Enclosure, Letter
from eventapp.mail.queries import failed_long_ago, with_old_words

A_TIME = 100  # letters
DEFAULTS = {"to_name": "", "language": "en", "priority": TO_ONE, "unsubscribe": ""}  # of a letter, where nobody set it
# The templates whose subject somebody types: it may name anybody.
TYPED_SUBJECTS = ("registration/mail/personal.txt", "messages/mail/message.txt", "meetings/mail/reworded.txt")


def post(letter: Letter, *, at: datetime) -> Letter:
    """Put this letter in the outbox, in the transaction that caused it. Refused where `to` is not one mailbox.

    To somebody who gave no address nothing is written.
    """
    if _goes_out(letter, at):
        db.session.add(letter)
        wake(A_LETTER)
    return letter


def post_first(letter: Letter, *, at: datetime) -> Letter:
    """The same, to be sent before all others: somebody waits for it at the screen."""
    letter.priority = AT_ONCE
    return post(letter, at=at)


def post_all(rows: Sequence[Record]) -> None:
    """Put letters in the outbox that `as_rows` made: 600 in a fifth of the time that `post` takes for each."""
    if rows:
        db.session.execute(insert(Letter), rows)
        wake(A_LETTER)


def as_rows(letters: Iterable[Letter], *, at: datetime) -> list[Record]:
    """Return what `post` would write of these letters, which have no files: nothing is held yet. Refused as there."""
    named = [one.name for one in table_of(Letter).c if not one.primary_key]
    return [
        {name: DEFAULTS.get(name) if (value := getattr(letter, name)) is None else value for name in named}
        for letter in letters
        if _goes_out(letter, at)
    ]


def _goes_out(letter: Letter, at: datetime) -> bool:
    """Whether it reaches somebody; then it waits from now on."""
    if not is_one_mailbox(letter.to):
        sentence = _("“%(address)s” is not one email address. Write one, such as name@example.org.", address=letter.to)
        raise Refused(sentence)
    letter.posted_at = letter.due_at = at
    letter.attempts, letter.state = 0, WAITING
    return reaches_somebody(letter.to)


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
    wake(A_LETTER)
    record("sent again", letter, by=by, at=at, to=letter.to, subject=letter.subject)


def give_up(letter: Letter, reason: str, *, by: Actor | None, at: datetime) -> None:
    """Stop trying to send this letter. Refused where it was sent or stopped already."""
    lock(letter)
    if letter.state != WAITING:
        raise Refused(_("This email does not wait any more: there is nothing to stop."))
    letter.state, letter.last_error = FAILED, reason
    record("gave up", letter, by=by, at=at, to=letter.to, reason=reason)


def forget_secrets(letter_id: int, text: str, meeting_id: int | None, **values: object) -> None:
    """Leave out of a letter whatever opens anything: its links, its codes, its files. Sets these other values as well.

    A copy of the database then holds no link that somebody was sent. Nobody reads again what is about no meeting.
    """
    left = {"text": masked(text) if meeting_id else "", "html": "", "unsubscribe": ""}
    row = update(Letter).where(Letter.id == letter_id).execution_options(synchronize_session=False)
    db.session.execute(row.values(**left, **values))
    db.session.execute(delete(Enclosure).where(Enclosure.letter_id == letter_id))


def forget_failed(*, at: datetime) -> int:
    """Leave the secrets out of letters that failed long ago: nobody sends them again. Returns of how many."""
    letters = failed_long_ago(at, most=A_TIME)
    for letter in letters:
        forget_secrets(letter.id, letter.text, letter.meeting_id)
    db.session.expire_all()
    return len(letters)


def empty_old(*, before: datetime, at: datetime) -> Counter[int | None]:
    """Take the words out of letters that were sent or given up before this moment, some in one transaction.

    Returns of how many: number of the meeting, None where it is about none -> letters.
    To whom, when and of what kind each was stays; so does its subject, unless somebody typed it.
    """
    meetings = with_old_words(before, most=A_TIME)
    old = list(meetings)
    db.session.execute(delete(Enclosure).where(Enclosure.letter_id.in_(old)))
    subject = case((Letter.kind.in_(TYPED_SUBJECTS), ""), else_=Letter.subject)
    emptied = update(Letter).where(Letter.id.in_(old)).execution_options(synchronize_session=False)
    db.session.execute(emptied.values(subject=subject, text="", html="", unsubscribe="", emptied_at=at))
    db.session.expire_all()
    return Counter(meetings.values())


def forget_letters_about(things: Sequence[str], *, at: datetime) -> None:
    """Take the address, the name and every word out of the letters about these things, which are deleted.

    What a letter is about goes as well: another thing may get the number. One that waits is given up.
    """
    theirs = Letter.about.in_(things)
    state = case((Letter.state == WAITING, FAILED), else_=Letter.state)
    words = dict.fromkeys(("to_name", "subject", "text", "html", "unsubscribe"), "")
    enclosed = Enclosure.letter_id.in_(select(Letter.id).where(theirs))
    db.session.execute(delete(Enclosure).where(enclosed), execution_options={"synchronize_session": False})
    emptied = update(Letter).where(theirs).execution_options(synchronize_session=False)
    left = {"to": nowhere("forgotten"), "about": None, "last_error": None, "emptied_at": at}
    db.session.execute(emptied.values(state=state, **left, **words))
    db.session.expire_all()
