from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from eventapp.ground.db import db, lock
from eventapp.ground.jobs.waking import wake
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.push.endpoints import is_allowed
from eventapp.push.models import PushMessage, PushSubscription
from eventapp.push.queries import due, meetings_over, subscriptions_of
from eventapp.push.sending import GONE, KEEPS, KEYLESS, LATER, Notice, Outcome
from eventapp.registration.models import Registration

MOST = 10  # browsers of one person
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=20))  # tries after the first
LEASE = timedelta(minutes=2)
KEY_BYTES, AUTH_BYTES = 65, 16


@dataclass(frozen=True)
class Taken:
    """A notice that one worker sends: nobody else as long as its row says so many attempts."""

    message_id: int
    tries: int
    notice: Notice
    at: datetime
    written_at: datetime


def subscribe(registration: Registration, endpoint: str, p256dh: str, auth: str, *, at: datetime) -> PushSubscription:
    """Let this browser show notices. The same browser twice is one, with its newest keys.

    Refused for an address that nothing is sent to, for keys that are none, and for one browser too many.
    """
    lock(registration)
    if not is_allowed(endpoint) or length_of(p256dh) != KEY_BYTES or length_of(auth) != AUTH_BYTES:
        raise Refused(_("This browser's service for notices is not one that we send to. You still get the letters."))
    rows = subscriptions_of(registration)
    row = next((one for one in rows if one.endpoint == endpoint), None)
    if row is None and len(rows) >= MOST:
        raise Refused(_("So many browsers show your notices already. End one of them first."))
    if row is None:
        row = PushSubscription(registration=registration, endpoint=endpoint, at=at)
        db.session.add(row)
    row.p256dh, row.auth, row.refused_at, row.refusal = p256dh, auth, None, ""
    return row


def unsubscribe(registration: Registration, number: int) -> None:
    """Show no more notices in this browser, and drop what is on its way there. One that is not there is as good."""
    lock(registration)
    forget([one.id for one in subscriptions_of(registration) if one.id == number])


def forget(numbers: Collection[int]) -> None:
    """Delete these browsers and what is on its way to them."""
    db.session.execute(delete(PushMessage).where(PushMessage.subscription_id.in_(numbers)))
    db.session.execute(delete(PushSubscription).where(PushSubscription.id.in_(numbers)))


def write(subscription_id: int, title: str, body: str, address: str, *, at: datetime) -> None:
    """Put a notice on its way to a browser, in the transaction that caused it."""
    row = PushMessage(subscription_id=subscription_id, title=title[:200], body=body[:500], address=address[:300])
    row.written_at = row.due_at = at
    row.attempts = 0
    db.session.add(row)
    wake()


def take(at: datetime) -> Taken | None:
    """The next notice to send, on a lease; None where another worker was quicker."""
    row = db.session.scalar(due(at).with_for_update(skip_locked=True, of=PushMessage))
    if row is None:
        return None
    row.attempts, row.due_at = row.attempts + 1, at + LEASE
    to = row.subscription
    notice = Notice(to.endpoint, to.p256dh, to.auth, row.title, row.body, row.address)
    return Taken(row.id, row.attempts, notice, at, row.written_at)


def note(taken: Taken, outcome: Outcome) -> None:
    """Write down what became of it. A browser that is gone is forgotten; nothing is tried for ever, or too late.

    Where the service did not take this server's key to the end, the browser is marked: nothing more is written to it
    until its owner presses again, and organizers see it.
    """
    row = db.session.get(PushMessage, taken.message_id)
    if row is None or row.attempts != taken.tries:
        return
    again = next_try(taken, outcome)
    if outcome.word == GONE:
        forget([row.subscription_id])
    elif again:
        row.due_at = again
    elif outcome.word == KEYLESS:
        refuse(row.subscription, f"{outcome.host}: {outcome.status}", at=taken.at)
    else:
        db.session.delete(row)


def next_try(taken: Taken, outcome: Outcome) -> datetime | None:
    """When to try again: after our own wait, or as the service asks where that is later. None: not any more."""
    if outcome.word not in (LATER, KEYLESS) or taken.tries > len(WAITS):
        return None
    again = taken.at + max(WAITS[taken.tries - 1], outcome.wait)
    return again if again < taken.written_at + KEEPS else None


def refuse(row: PushSubscription, words: str, *, at: datetime) -> None:
    """Mark a browser whose service does not take this server's key, and drop what is on its way there."""
    row.refused_at, row.refusal = at, words
    db.session.execute(delete(PushMessage).where(PushMessage.subscription_id == row.id))


def forget_over(*, at: datetime) -> int:
    """Forget the browsers of meetings that are over. Returns how many."""
    here = select(Registration.id).where(Registration.meeting_id.in_(meetings_over(at)))
    numbers = db.session.scalars(select(PushSubscription.id).where(PushSubscription.registration_id.in_(here))).all()
    forget(numbers)
    return len(numbers)


def length_of(words: str) -> int:
    """How many bytes these words of a key are; 0 where they are none."""
    try:
        return len(urlsafe_b64decode(words + "=" * (-len(words) % 4))) if words.isascii() else 0
    except (NotBase64, ValueError):
        return 0
