"""What time does to the record."""

from datetime import datetime

from eventapp.db import db
from eventapp.due import Chore
from eventapp.outcomes.begun import due_forgetting, forget_next
from eventapp.outcomes.confirming import due_reminders
from eventapp.outcomes.handover import due_nudges, nudge_next
from eventapp.outcomes.replies import remind_next


def has_reminders(at: datetime) -> bool:
    """Whether somebody is to be reminded that a link ends soon."""
    return db.session.scalar(due_reminders(at)) is not None


def has_nudges(at: datetime) -> bool:
    """Whether a session that ended half an hour ago was not handed in."""
    return db.session.scalar(due_nudges(at)) is not None


def has_forgotten(at: datetime) -> bool:
    """Whether words are kept behind a confirmation link that has ended by itself."""
    return db.session.scalar(due_forgetting(at)) is not None


CHORES = (
    Chore("reminders", has_reminders, remind_next),
    Chore("nudges", has_nudges, nudge_next),
    Chore("unsent answers", has_forgotten, forget_next),
)
