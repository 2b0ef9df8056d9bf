"""The worker writes the letters of a message, so many at a time: read and drawn without a lock, written under one."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.waking import A_LETTER, wake
from eventapp.ground.text.i18n import _
from eventapp.mail.failing.queries import failing_among
from eventapp.mail.mailbox import reaches_somebody
from eventapp.mail.models import FAILED, Letter
from eventapp.messages.actions import begin, follow_meeting, skip
from eventapp.messages.mails import letters_for
from eventapp.messages.models import FAILING, NO_ADDRESS, SCHEDULED, SENDING, UNSUBSCRIBED, Copy, Message
from eventapp.messages.queries import due, recipients_after, unsubscribed_of, waiting_of_stopped
from eventapp.messages.reminders import LATE
from eventapp.registration.models import Registration

A_TIME = 100  # letters: the lock under which they are written is short, on a slow machine too


@dataclass(frozen=True)
class Batch:
    """The letters of this message behind this recipient. As long as nobody wrote them, they are the next."""

    message_id: int
    after: int
    at: datetime


def take(at: datetime) -> Batch | None:
    """The next letters to write. A message whose time has come begins here."""
    message = db.session.scalar(due(at).with_for_update(skip_locked=True))
    if message is None:
        return None
    if message.state == SCHEDULED:
        follow_meeting(message)
        if message.send_at is None or message.send_at > at:
            return None  # the meeting was moved: it waits for its new time
        if at - message.send_at > LATE:
            skip(message, at=at)
            return None
        begin(message, by=message.sent_by, at=at)
    return Batch(message.id, message.prepared_through, at)


def prepare(batch: Batch) -> Callable[[], None]:
    """Draw the letters of this batch. Returns what writes them."""
    message, at = db.session.get_one(Message, batch.message_id), batch.at
    people = recipients_after(message, batch.after, A_TIME)
    gone = set() if message.is_necessary else unsubscribed_of([one.id for one in people])
    failing = failing_among(one.person.email for one in people)
    reasons = {one.id: reason_of(one, gone, failing) for one in people}
    written = [one for one in people if not reasons[one.id]]
    letters = letters_for(message, written, at=at)
    copies = [
        {"message_id": message.id, "person_id": one.person_id, "registration_id": one.id, "reason": reasons[one.id]}
        for one in [*written, *(one for one in people if reasons[one.id])]
    ]
    last = people[-1].id if people else None
    return lambda: write_batch(batch, letters, copies, last)


def reason_of(registration: Registration, unsubscribed: set[int], failing: Container[str]) -> str:
    """Why this person gets no letter; '' for who does."""
    if registration.person.email in failing:
        return FAILING
    if registration.id in unsubscribed:
        return UNSUBSCRIBED
    return "" if reaches_somebody(registration.person.email) else NO_ADDRESS


def write_batch(batch: Batch, letters: list[Record], copies: list[Record], last: int | None) -> None:
    """Put the letters in the outbox, and each in the log. Nothing where another worker did, or it was stopped."""
    message = db.session.get_one(Message, batch.message_id)
    lock(message)
    if not is_next(message, batch):
        return
    if last is None:
        message.prepared_at = batch.at
        return
    posted: list[int] = []
    if letters:
        query = insert(Letter).returning(Letter.id, sort_by_parameter_order=True)
        posted = list(db.session.scalars(query, letters))
        wake(A_LETTER)
    put_in_log(copies, posted)
    message.prepared_through = last


def is_next(message: Message, batch: Batch) -> bool:
    """Whether nobody wrote these letters yet, of a message that is on its way; only right while it is locked."""
    return message.state == SENDING and message.prepared_through == batch.after


def put_in_log(copies: list[Record], posted: list[int]) -> None:
    """A line for each person, those with a letter first."""
    numbers = [*posted, *[None] * (len(copies) - len(posted))]
    rows = [{**row, "letter_id": number} for row, number in zip(copies, numbers, strict=True)]
    db.session.execute(insert(Copy), rows)


def has_stopped(at: datetime) -> bool:
    """Whether letters of a stopped message still wait."""
    return db.session.scalar(waiting_of_stopped(at, 1)) is not None


def stop_next(at: datetime) -> list[int] | None:
    """Let the next letters of a stopped message go nowhere. One that is carried at this moment arrives."""
    numbers = list(db.session.scalars(waiting_of_stopped(at, A_TIME)))
    if not numbers:
        return None
    reason = {"state": FAILED, "last_error": _("An organizer stopped it.")}
    db.session.execute(update(Letter).where(Letter.id.in_(numbers), Letter.due_at <= at).values(reason))
    return numbers
