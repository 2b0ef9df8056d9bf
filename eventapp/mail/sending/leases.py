"""A letter that one postman has taken: nobody else takes it before the lease is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, update

from eventapp.ground.db import db
from eventapp.mail.models import WAITING, Letter
from eventapp.mail.sending.smtp import PATIENCE


@dataclass(frozen=True)
class Lease:
    """One letter, taken by one postman: nobody else has taken it as long as these three are what its row says."""

    letter_id: int
    tries: int  # with this one
    until: datetime


def lease_time() -> timedelta:
    """Longer than any letter may take, so that nobody takes one that is on its way: a connection that is found dead,
    which is over in as long as a letter, and the letter on a new one.
    """
    return timedelta(seconds=current_app.config["MAIL_TIMEOUT"] * (2 * PATIENCE + 2) + 60)


def give_back(lease: Lease, *, at: datetime) -> None:
    """Let it be taken again at once, by whoever comes first: the letter did not leave."""
    db.session.execute(update(Letter).where(is_held(lease)).values(due_at=at))


def is_held(lease: Lease) -> ColumnElement[bool]:
    """Whether the letter is as it was taken, and nobody else took it since."""
    taken = (Letter.attempts == lease.tries) & (Letter.due_at == lease.until)
    return (Letter.id == lease.letter_id) & (Letter.state == WAITING) & taken
