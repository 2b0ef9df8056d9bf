"""What time does to registrations."""

from datetime import datetime

from eventapp.ground.jobs.scheduler import Job
from eventapp.meetings.retention.queries import meetings_due
from eventapp.registration.actions import lapse_unconfirmed
from eventapp.registration.answers.actions import forget_due
from eventapp.registration.answers.queries import questions_to_forget
from eventapp.registration.answers.sealed import is_open, seal_open
from eventapp.registration.decisions.tasks.jobs import JOBS as DECISION_JOBS
from eventapp.registration.imports.jobs import JOBS as IMPORT_JOBS
from eventapp.registration.invitations.retention import forget_next as forget_invitations_next
from eventapp.registration.invitations.retention import next_to_forget as next_with_invitations
from eventapp.registration.nominated.actions import lapse_late
from eventapp.registration.nominated.queries import unconfirmed_too_late
from eventapp.registration.offers.actions import end_overdue
from eventapp.registration.offers.queries import overdue
from eventapp.registration.queries import unconfirmed_since_long
from eventapp.registration.uploads.retention import forget_letters, forget_old, letters_over_long_ago, over_long_ago


def lapse_next(at: datetime) -> int:
    """Let every request go that nobody confirmed in time. Returns how many."""
    return lapse_unconfirmed(at=at)


def end_offers_next(at: datetime) -> int:
    """End offers of places that nobody answered in time; the next in line get theirs. Returns how many ended."""
    return end_overdue(at=at)


def lapse_nominations_next(at: datetime) -> int:
    """Let every nomination go that nobody confirmed before the deadline. Returns how many."""
    return lapse_late(at=at)


def forget_next(at: datetime) -> int:
    """Delete what is private of meetings that were over long ago. Returns of how many registrations."""
    return forget_old(at=at)


def forget_letters_next(at: datetime) -> int:
    """Delete letters of delegations of meetings that were over long ago. Returns how many."""
    return forget_letters(at=at)


def forget_answers_next(at: datetime) -> int:
    """Delete answers to personal questions whose days are over. Returns how many."""
    return forget_due(at=at)


JOBS = (
    Job("end offers", lambda at: bool(overdue(at, most=1)), end_offers_next),
    *IMPORT_JOBS,
    *DECISION_JOBS,
    Job("lapse nominations", lambda at: bool(unconfirmed_too_late(at)), lapse_nominations_next),
    Job("lapse", lambda at: bool(unconfirmed_since_long(at)), lapse_next),
    Job("seal answers", is_open, seal_open),
    Job("forget answers", lambda at: bool(questions_to_forget(at, most=1)), forget_answers_next),
    Job("forget invitations", lambda at: next_with_invitations(at) is not None, forget_invitations_next),
    Job("forget letters", lambda at: bool(letters_over_long_ago(at, most=1)), forget_letters_next),
    Job("forget", lambda at: bool(over_long_ago(meetings_due(at), most=1)), forget_next),
)
