"""Places: the one way to take one, and who gets the next that comes free.

Every road to a place begins with hold(): the meeting's row is the lock, so whoever counts places is the only one.
"""

from datetime import datetime

from eventapp.db import db, lock
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration import mails
from eventapp.registration.models import APPROVED, WAITING, Decision, Registration
from eventapp.registration.queries import places_left, waiting


def hold(registration: Registration) -> None:
    """Hold the meeting, the category and the registration until the transaction ends, and see their newest values."""
    lock(registration.meeting)
    lock(registration)
    lock(registration.category)


def is_free(registration: Registration) -> bool:
    """Whether there is a place for this person, at the meeting and in the category; only true while they are held."""
    return places_left(registration.meeting, registration.category) > 0


def change_state(
    registration: Registration, state: str, verb: str, *, by: Person | None, at: datetime, reason: str = ""
) -> Decision:
    """Write down one change of state. The caller holds the registration and has seen that there is a place."""
    decision = Decision(registration=registration, before=registration.state, after=state, reason=reason, at=at, by=by)
    db.session.add(decision)
    put_in_state(registration, state, at=at, reason=reason)
    record(
        verb, registration, by=by, at=at, meeting_id=registration.meeting_id,
        before=decision.before, after=state, reason=reason,
    )  # fmt: skip
    return decision


def put_in_state(registration: Registration, state: str, *, at: datetime, reason: str = "") -> None:
    registration.state, registration.state_at, registration.reason = state, at, reason
    registration.approved_at = at if state == APPROVED else None
    if state == WAITING:
        registration.waiting_since = at
    registration.version += 1
    db.session.flush()


def settle(registration: Registration, verb: str, *, by: Person | None, at: datetime) -> None:
    """Give the place where there is one, else a position on the waiting list, and write to say which."""
    offer_next(registration.meeting, at=at)  # nobody passes those who wait
    if is_free(registration):
        change_state(registration, APPROVED, verb, by=by, at=at)
        post(mails.approved(registration), at=at)
    else:
        change_state(registration, WAITING, verb, by=by, at=at)
        post(mails.waiting_listed(registration), at=at)


def offer_next(meeting: Meeting, *, at: datetime) -> list[Registration]:
    """Give every free place to the first on the waiting list who fits, with a letter. Returns who got one.

    The caller holds the meeting. Somebody whose category is full does not hold up those behind.
    """
    if meeting.has_ended(at) or places_left(meeting) < 1:
        return []
    lucky = []
    for registration in waiting(meeting):
        if places_left(meeting) < 1:
            break
        if is_free(registration):
            change_state(registration, APPROVED, "got a place that came free", by=None, at=at)
            post(mails.approved(registration), at=at)
            lucky.append(registration)
    return lucky
