"""What organizers decide about a registration, one by one or many at once, and how they take it back."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import hashed
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.mail.models import Letter
from eventapp.people.models import Person
from eventapp.registration import mails
from eventapp.registration.accompanying.leaving import leave_with
from eventapp.registration.actions import refuse_when_over
from eventapp.registration.decisions.obstacles import refuse_obstructed
from eventapp.registration.decisions.queries import newest_decision, was_taken_back
from eventapp.registration.models import (
    APPROVED,
    DECLINED,
    LAPSED,
    PENDING,
    UNCONFIRMED,
    WAITING,
    WITHDRAWN,
    Registration,
)
from eventapp.registration.places.actions import change_state, hold, is_free, offer_next
from eventapp.registration.queries import was_posted
from eventapp.registration.walk_ins.actions import full


def approve(registration: Registration, *, by: Person, at: datetime, despite: str = "") -> None:
    """Give the person a place. Refused when every place is taken, or the person is not asking for one.

    Refused as well where something stands against it, unless `despite` says why: history keeps that, the person
    does not read it.
    """
    hold(registration)
    if registration.state == APPROVED:
        return
    refuse_unless_asking(registration, at)
    if not is_free(registration):
        raise Refused(full(registration.meeting, registration.category))
    refuse_obstructed(registration, despite, by=by, at=at)
    change_state(registration, APPROVED, "approved", by=by, at=at)
    post(mails.approved(registration), at=at)


def decline(registration: Registration, reason: str, *, by: Person, at: datetime) -> None:
    """Say no, with a reason that the person reads word for word. A place that was theirs goes to the next who waits."""
    hold(registration)
    if registration.state == DECLINED:
        return
    refuse_unless_asking(registration, at)
    if not reason:
        raise Refused(_("Write the reason: the person reads it word for word."))
    change_state(registration, DECLINED, "declined", by=by, at=at, reason=reason)
    leave_with(registration, by=by, at=at)
    post(mails.declined(registration), at=at)
    offer_next(registration.meeting, at=at)


def put_on_waiting_list(registration: Registration, *, by: Person, at: datetime) -> None:
    """Approve in principle, for when a place comes free. Refused for somebody who has a place."""
    hold(registration)
    if registration.state == WAITING:
        return
    refuse_unless_asking(registration, at)
    if registration.state == APPROVED:
        raise Refused(_("%(name)s has a place already.", name=registration.record_name))
    change_state(registration, WAITING, "put on the waiting list", by=by, at=at)
    offer_next(registration.meeting, at=at)
    if registration.state == WAITING:
        post(mails.waiting_listed(registration), at=at)


def ask_for_letter(registration: Registration, words: str, *, by: Person, at: datetime, key: str = "") -> None:
    """Write to ask for the letter of nomination, once for one `key`. Refused where nobody confirmed the address."""
    hold(registration)
    refuse_unless_asking(registration, at)
    once = sending(registration, key, words)
    if once and was_posted(once):
        return
    record("asked for the letter", registration, by=by, at=at, words=words)
    post(mails.letter_wanted(registration, words, dedupe=once), at=at)


def write_to(registration: Registration, subject: str, words: str, *, by: Person, at: datetime, key: str = "") -> None:
    """Send the person a letter in the organizer's own words, once for one `key`."""
    hold(registration)
    once = sending(registration, key, subject, words)
    if once and was_posted(once):
        return
    record("wrote to", registration, by=by, at=at, subject=subject)
    post(mails.personal(registration, subject, words, dedupe=once), at=at)


def sending(registration: Registration, key: str, *words: str) -> str | None:
    """What makes two sendings one: the same form with the same words, to the same person. None without a key."""
    return f"by hand {hashed(repr((key, registration.id, words)))}" if key else None


def can_undo(registration: Registration) -> bool:
    """Whether the newest decision is an organizer's, so that it can be taken back."""
    decision = newest_decision(registration)
    if decision is None or decision.by_id is None or decision.by_id == registration.person_id:
        return False
    return decision.after == registration.state and decision.before in LETTERS


def undo(registration: Registration, *, by: Person, at: datetime, seen: Collection[int] = ()) -> None:
    """Take the newest decision of an organizer back, where it is one of those `seen`; taking it back twice is no fault.

    Refused when there is none, when somebody decided anew meanwhile, or it needs a place that is gone.
    """
    hold(registration)
    if seen and was_taken_back(registration, seen):
        return
    decision = newest_decision(registration)
    if decision is None or not can_undo(registration):
        raise Refused(_("There is no decision to undo. Decide anew."))
    if seen and decision.id not in seen:
        raise Refused(_("Somebody decided anew about %(name)s meanwhile. Look again.", name=registration.record_name))
    if decision.before == APPROVED and not is_free(registration):
        raise Refused(full(registration.meeting, registration.category))
    decision.undone_at = at
    in_line = registration.waiting_since, registration.waiting_rank
    stands = newest_decision(registration)
    reason = stands.reason if stands and stands.after == decision.before else ""  # a refusal keeps the one it had
    again = change_state(registration, decision.before, "took back", by=None, at=at, reason=reason)
    again.by, again.undone_at = by, at  # it is no new decision: nothing to take back again
    if decision.before == WAITING:
        registration.waiting_since, registration.waiting_rank = in_line  # the old place in the line
    if decision.after == APPROVED or decision.before == WAITING:
        offer_next(registration.meeting, at=at)  # a place came free, now or while this person was out of the line
    if registration.state == decision.before:
        post(LETTERS[decision.before](registration), at=at)


LETTERS: dict[str, Callable[[Registration], Letter]] = {
    PENDING: mails.reopened,
    APPROVED: mails.approved,
    WAITING: mails.waiting_listed,
    DECLINED: mails.declined,
}


@dataclass
class Tally:
    """What became of a decision about many: who it was done for, and for whom it was refused, with the sentence."""

    done: list[Registration] = field(default_factory=list)
    refused: list[tuple[Registration, str]] = field(default_factory=list)


def for_each(registrations: Sequence[Registration], act: Callable[[Registration], object]) -> Tally:
    """Do this for as many as it can be done for, by number. A refusal for one changes nothing for the others."""
    tally = Tally()
    for registration in sorted(registrations, key=lambda one: one.number):
        try:
            act(registration)
        except Refused as refusal:
            tally.refused.append((registration, str(refusal)))
        else:
            tally.done.append(registration)
    return tally


def refuse_unless_asking(registration: Registration, at: datetime) -> None:
    """Decisions are about people who ask: who confirmed their address and did not withdraw."""
    refuse_when_over(registration, at)
    name = registration.record_name
    state = registration.state_now(at)
    if state in (UNCONFIRMED, LAPSED):
        raise Refused(_("%(name)s has not confirmed the email address yet.", name=name))
    if state == WITHDRAWN:
        raise Refused(_("%(name)s has withdrawn. Only they can undo that.", name=name))
