"""What time does to the record."""

from datetime import datetime

from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job
from eventapp.record.confirmations.actions import remind_next
from eventapp.record.confirmations.drafts import due_forgetting, forget_next
from eventapp.record.confirmations.queries import due_reminders
from eventapp.record.loading.arriving.jobs import JOBS as ARRIVAL_JOBS
from eventapp.record.rapporteurs.actions import due_nudges, nudge_next


def has_reminders(at: datetime) -> bool:
    """Whether somebody is to be reminded that a link ends soon."""
    return db.session.scalar(due_reminders(at)) is not None


def has_nudges(at: datetime) -> bool:
    """Whether a session that ended half an hour ago was not handed in."""
    return db.session.scalar(due_nudges(at)) is not None


def has_forgotten(at: datetime) -> bool:
    """Whether words are kept behind a confirmation link that has ended by itself."""
    return db.session.scalar(due_forgetting(at)) is not None


JOBS = (
    Job("reminders", has_reminders, remind_next),
    Job("nudges", has_nudges, nudge_next),
    Job("unsent answers", has_forgotten, forget_next),
    *ARRIVAL_JOBS,
)
