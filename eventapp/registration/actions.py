"""Confirming the address, and giving the place up again. Asking for a place is in register.py."""

from datetime import datetime

from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.mail.actions import post, post_first
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration import mails
from eventapp.registration.accompanying.leaving import leave_with
from eventapp.registration.decisions.obstacles import obstacles
from eventapp.registration.decisions.queries import newest_decision, was_withdrawn_for
from eventapp.registration.entry import CALENDAR, own_token, replace_link
from eventapp.registration.invitations.queries import skips_approval
from eventapp.registration.models import APPROVED, LAPSED, PENDING, UNCONFIRMED, WAITING, WITHDRAWN, Registration
from eventapp.registration.places.actions import change_state, hold, offer_next, place_or_line, settle
from eventapp.registration.places.letters import Ready, reply
from eventapp.registration.queries import unconfirmed_since_long


def confirm(registration: Registration, *, at: datetime, ready: Ready | None = None) -> Registration:
    """The address is theirs: the request counts from now on, and takes a place where its category asks no approval
    and nothing stands against it. `ready` is the letter that says so, if it was written before.

    Confirming twice is no fault. Refused when 48 hours have passed, or the meeting.
    """
    hold(registration)
    state = registration.state_now(at)
    if state == LAPSED:
        raise Refused(_("This request was not confirmed within 48 hours and has lapsed. Register again."))
    if state != UNCONFIRMED:
        return registration
    refuse_when_over(registration, at)
    is_decided = registration.category.needs_approval and not skips_approval(registration)
    state = PENDING if is_decided or obstacles(registration) else place_or_line(registration, at=at)
    registration.confirmed_at = at
    change_state(registration, state, "confirmed the address", by=registration.person, at=at)
    post(reply(registration, ready), at=at)
    return registration


def withdraw(registration: Registration, *, by: Person | None, at: datetime) -> None:
    """Give the place up, or the wish for one; a freed place goes to the first who waits. Refused after the meeting."""
    hold(registration)
    if registration.state == WITHDRAWN:
        return
    refuse_when_over(registration, at)
    if registration.state_now(at) not in (PENDING, APPROVED, WAITING) and not registration.is_nominated:
        raise Refused(_("There is nothing to withdraw: this registration is not active."))
    is_own = by is None or by.id == registration.person_id
    change_state(registration, WITHDRAWN, "withdrew", by=by, at=at)
    leave_with(registration, by=by, at=at)
    post(mails.withdrawn(registration) if is_own else mails.withdrawn_for(registration), at=at)
    offer_next(registration.meeting, at=at)


def undo_withdrawal(registration: Registration, *, by: Person | None, at: datetime) -> None:
    """Come after all: as before where there is a place, else at the end of the waiting list.

    Where something stands against a place by now, an organizer decides.

    Refused after the meeting, or where there is no withdrawal to take back.
    """
    hold(registration)
    refuse_when_over(registration, at)
    decision = newest_decision(registration)
    if registration.state != WITHDRAWN or decision is None or decision.after != WITHDRAWN:
        raise Refused(_("There is no withdrawal to undo."))
    if was_withdrawn_for(registration):
        raise Refused(
            _("Your delegation withdrew you. Write to it, or to %(mail)s.", mail=registration.meeting.contact_email)
        )
    decision.undone_at = at
    if decision.before == UNCONFIRMED:
        change_state(registration, UNCONFIRMED, "took the withdrawal back", by=by, at=at)
    elif decision.before == PENDING or obstacles(registration):
        change_state(registration, PENDING, "took the withdrawal back", by=by, at=at)
        post(mails.received(registration), at=at)
    else:
        settle(registration, "took the withdrawal back", by=by, at=at)


def lapse_unconfirmed(*, at: datetime) -> int:
    """Let requests go that nobody confirmed in 48 hours. Returns how many."""
    lapsed = 0
    for registration in unconfirmed_since_long(at):
        hold(registration)
        if registration.state == UNCONFIRMED and registration.state_now(at) == LAPSED:
            change_state(registration, LAPSED, "lapsed", by=None, at=at)
            lapsed += 1
    return lapsed


def offer_places(meeting: Meeting, *, at: datetime) -> list[Registration]:
    """Give free places to those who wait, for example after the number of places was raised. Returns who got one."""
    lock(meeting)
    return offer_next(meeting, at=at)


def new_calendar_link(registration: Registration, *, at: datetime) -> None:
    """End the calendar link; the page shows a new one."""
    lock(registration)
    replace_link(CALENDAR, registration, at=at)
    record("replaced the calendar link", registration, by=registration.person, at=at)


def send_link_again(registration: Registration, *, at: datetime) -> None:
    """Write the private link to its owner once more."""
    if registration.is_nominated:
        post_first(mails.nominated(registration), at=at)
    elif registration.state_now(at) == UNCONFIRMED:
        token = own_token(registration)
        post_first(mails.confirm_address(registration, registration.meeting, registration.person, token=token), at=at)
    else:
        post_first(mails.already_registered(registration), at=at)


def refuse_when_over(registration: Registration, at: datetime) -> None:
    """Refused once the meeting is over or closed."""
    if registration.meeting.has_ended(at) or registration.meeting.closed_at is not None:
        raise Refused(_("The meeting is over. Write to %(mail)s.", mail=registration.meeting.contact_email))
