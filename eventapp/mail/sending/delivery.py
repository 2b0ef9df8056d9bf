"""The postman: takes one letter at a time, on a lease. Many may work at once; a letter is sent at least once.

A letter that is taken moves its `due_at` to the end of the lease, and counts the attempt. A postman who dies lets the
lease run out, and another takes the letter. One who comes back too late changes nothing: both must be as taken.

Where the database goes meanwhile, the postman remembers what became of the letter until that is written down. Who
forgot it would leave the letter to the end of its lease, and then it would go a second time.
"""

import logging
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from flask import current_app
from flask_mail import Message
from sqlalchemy import Select, exists, select, update
from sqlalchemy.exc import SQLAlchemyError

from eventapp.ground.clock import now
from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.db.away import is_away
from eventapp.ground.jobs.alarm import Alarm
from eventapp.ground.jobs.lanes import Lane, end, lanes_of
from eventapp.ground.jobs.scheduler import AnyJob, AnyLongJob
from eventapp.ground.jobs.stopping import Stop
from eventapp.ground.web.requests.log import without_people
from eventapp.mail.actions import forget_secrets
from eventapp.mail.failing.actions import mark_failing
from eventapp.mail.failing.answers import Failure, failure_of
from eventapp.mail.failing.reports import Bounce
from eventapp.mail.models import FAILED, SENT, WAITING, Letter
from eventapp.mail.sending.leases import Lease, give_back, is_held, lease_time
from eventapp.mail.sending.receipts import Receipts
from eventapp.mail.sending.smtp import SafeConnection, mailer, message_of

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# Twelve tries after the first, over 72 hours: greylisting lets the second or third in, a broken server has three days.
WAITS = (
    *(1 * MINUTE, 5 * MINUTE, 15 * MINUTE, 40 * MINUTE),
    *(1 * HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, 14 * HOUR, 15 * HOUR, 15 * HOUR),
)
JITTER = 0.1
POLL, TROUBLE = 1.0, 5.0  # seconds between two looks into the outbox, and after the database did not answer
NEVER = Stop()  # nobody sets it
NO_RECEIPTS = Receipts(Path())  # was not opened, and keeps none

Carry = Callable[[Message], None]
T = TypeVar("T")

log = logging.getLogger(__name__)


def deliver() -> Counter[str]:
    """Send every letter that is due now, one by one. Returns how many were sent, failed, and wait for another try."""
    outcomes: Counter[str] = Counter()
    at = now()
    with mailer.connect() as talk, receipts_here() as receipts:
        settle(receipts)
        while (outcome := deliver_one(at, road(talk), receipts=receipts)) is not None:
            outcomes[outcome] += 1
    return outcomes


def deliver_for_ever(stop: Stop, jobs: Iterable[AnyJob] = (), long_jobs: Iterable[AnyLongJob] = ()) -> None:
    """Send what becomes due until told to stop, and start what does the jobs. A letter on its way is finished first.

    Jobs run beside this, in processes that end with it: those of the clock are looked for every minute, long ones every
    second and after every rest that no letter ended. On PostgreSQL a worker that waits hears at once that something
    was queued. The connection to the mail server is kept while letters are due; a server that does not answer is left
    alone for most of the time, so that jobs begin meanwhile.
    """
    lanes = lanes_of(jobs, long_jobs)
    try:
        with mailer.connect() as talk, closing(Alarm()) as alarm, receipts_here() as receipts:
            work_until(stop, lanes, talk, alarm, receipts)
    finally:
        end(lanes)


def work_until(stop: Stop, lanes: Sequence[Lane], talk: SafeConnection, alarm: Alarm, receipts: Receipts) -> None:
    minute_at, carry = now(), road(talk)
    while not stop.is_set():
        try:
            at = now()
            if not at < minute_at <= at + MINUTE:  # a clock that was set back does not stop it
                settle(receipts, stop)
                sqlite.cut_log(db.engine)  # what a page deleted is then in no file; if held, in a minute
                minute_at = at + MINUTE
            outcome = None if talk.rests else deliver_one(at, carry, stop, receipts)
            for lane in lanes:
                lane.look(at, stop)
        except SQLAlchemyError as error:
            if not is_away(error):
                raise
            rest(error, stop)
            continue
        if outcome is None:
            talk.end()
            seconds = POLL * random.uniform(0.8, 1.2)  # noqa: S311 -- keeps several postmen out of step
            if alarm.wait(stop, seconds):
                for lane in lanes:
                    lane.hear()


def rest(trouble: Exception, stop: Stop) -> None:
    """The database did not answer: leave it alone for a while."""
    log.error("The database does not answer; the outbox waits.", exc_info=trouble)
    db.session.remove()
    stop.wait(TROUBLE)


def deliver_one(at: datetime, carry: Carry, stop: Stop = NEVER, receipts: Receipts = NO_RECEIPTS) -> str | None:
    """Take the letter that has been due longest, of those that go first, and try it. Returns its state; None where none
    is due.

    Returns when that is written down: where the database goes, when it is there again, or raises when told to stop.
    """
    lease = take(at, stop)
    if lease is None:
        return None
    try:
        failure = attempt(lease, carry)
    except SQLAlchemyError as error:  # the letter could not be read: nothing left
        if is_away(error):
            written(lambda: give_back(lease, at=now()), stop)
        raise
    if failure is None:
        receipts.keep(lease)
    return written(lambda: note(lease, failure, forgets=carry is not keep_here), stop)


def receipts_here() -> Receipts:
    """Those of this machine."""
    return Receipts(Path(current_app.config["DATA_DIR"]) / "receipts")


def settle(receipts: Receipts, stop: Stop = NEVER) -> None:
    """Note what postmen of this machine handed over who were killed before they had noted it: it does not go again."""
    for lease in receipts.of_the_dead():
        written(partial(note, lease, None), stop)


def written(write: Callable[[], T], stop: Stop) -> T:
    """What `write` returns, in a transaction of its own: tried until the database answers, or until told to stop."""
    while True:
        try:
            with transaction():
                return write()
        except SQLAlchemyError as error:
            if stop.is_set() or not is_away(error):
                raise
            rest(error, stop)


def take(at: datetime, stop: Stop = NEVER) -> Lease | None:
    """The lease of the letter that goes first. An idle postman only reads."""
    # An idle postman never takes SQLite's write lock.
    is_due = db.session.scalar(select(exists(due(at))))
    db.session.rollback()
    if not is_due:
        return None
    lease = None
    try:
        with transaction():
            letter = db.session.scalar(due(at).with_for_update(skip_locked=True))
            if letter is None:
                return None  # another postman was quicker
            letter.attempts += 1
            letter.due_at = now() + lease_time()
            lease = Lease(letter.id, letter.attempts, letter.due_at)
    except SQLAlchemyError as error:
        if lease and is_away(error):  # it may have been kept, and only the answer was lost
            written(partial(give_back, lease, at=now()), stop)
        raise
    return lease


def due(at: datetime) -> Select[Letter]:
    query = select(Letter).where(Letter.state == WAITING, Letter.due_at <= at)
    return query.order_by(Letter.priority, Letter.due_at, Letter.id).limit(1)


def attempt(lease: Lease, carry: Carry) -> Failure | None:
    """Try to send. Returns why it did not go; one bad letter is its own trouble, whatever it raises. Raises only where
    the database goes before the letter was read.
    """
    try:
        message = message_of(db.session.get_one(Letter, lease.letter_id))
        db.session.rollback()  # no reading holds the database while the server thinks
        carry(message)
    except Exception as error:  # whatever it is, it must not hold up the letters behind it
        if is_away(error):
            raise  # no fault of the letter
        failure = failure_of(error)
        log.warning("Letter %s, attempt %s: %s", lease.letter_id, lease.tries, without_people(failure.reason))
        return failure
    return None


def note(lease: Lease, failure: Failure | None, *, forgets: bool = True) -> str:
    """Write down what became of the letter, unless the lease ran out and another has it. Returns its state.

    What was sent forgets its links and codes, unless the mailbox of whoever develops is all there is.
    """
    values: dict[str, object]
    if failure is None:
        values = {"state": SENT, "sent_at": now(), "last_error": None}
    elif failure.final or lease.tries > len(WAITS):
        values = {"state": FAILED, "last_error": failure.reason}
    else:
        wait = WAITS[lease.tries - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 -- no secret
        values = {"due_at": now() + wait, "last_error": failure.reason}
    query = select(Letter.to, Letter.text, Letter.meeting_id).where(is_held(lease))
    held = db.session.execute(query.with_for_update()).one_or_none()
    if held and failure is None and forgets:
        forget_secrets(lease.letter_id, held.text, held.meeting_id, **values)
    elif held:
        db.session.execute(update(Letter).where(Letter.id == lease.letter_id).values(**values))
    if held and failure and failure.at_address:
        mark_failing([Bounce(held.to, failure.reason)], at=now())
    return str(values.get("state", WAITING))


def road(talk: SafeConnection) -> Carry:
    """How letters leave: by the mail server; in development without one, they only go to the mailbox page."""
    if current_app.config["MAIL_SERVER"]:
        return talk.send
    return keep_here if current_app.config["DEVELOPMENT"] else nowhere


def keep_here(_message: Message) -> None:
    """Do nothing: whoever develops reads it at /mailbox."""


def nowhere(_message: Message) -> None:
    raise ConnectionError("MAIL_SERVER is not set")
