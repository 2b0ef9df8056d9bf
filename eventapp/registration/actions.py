"""Confirming the address, giving the place up again, and whoever stands at the counter. Asking is in asking.py."""

from datetime import datetime

from eventapp.db import lock
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.meetings.models import Category, Meeting
from eventapp.people.actions import meet
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.registration import mails
from eventapp.registration.application import Application
from eventapp.registration.asking import ask, key_of, sent_by
from eventapp.registration.models import (
    APPROVED,
    LAPSED,
    PENDING,
    UNCONFIRMED,
    WAITING,
    WITHDRAWN,
    Registration,
)
from eventapp.registration.places import change_state, hold, is_free, offer_next, settle
from eventapp.registration.queries import (
    newest_decision,
    next_number,
    places_left,
    registration_by_key,
    registration_of,
    unconfirmed_since_long,
)
from eventapp.words import _


def confirm(registration: Registration, *, at: datetime) -> Registration:
    """The address is theirs: the request counts from now on, and takes a place where its category asks no approval.

    Confirming twice is no fault. Refused when 48 hours have passed, or the meeting.
    """
    hold(registration)
    state = registration.state_now(at)
    if state == LAPSED:
        raise Refused(_("This request was not confirmed within 48 hours and has lapsed. Register again."))
    if state != UNCONFIRMED:
        return registration
    refuse_when_over(registration, at)
    registration.confirmed_at = at
    if registration.category.needs_approval:
        change_state(registration, PENDING, "confirmed the address", by=registration.person, at=at)
        post(mails.received(registration), at=at)
    else:
        settle(registration, "confirmed the address", by=registration.person, at=at)
    return registration


def withdraw(registration: Registration, *, by: Person | None, at: datetime) -> None:
    """Give the place up, or the wish for one; a freed place goes to the first who waits. Refused after the meeting."""
    hold(registration)
    if registration.state == WITHDRAWN:
        return
    refuse_when_over(registration, at)
    if registration.state_now(at) not in (PENDING, APPROVED, WAITING):
        raise Refused(_("There is nothing to withdraw: this registration is not active."))
    change_state(registration, WITHDRAWN, "withdrew", by=by, at=at)
    post(mails.withdrawn(registration), at=at)
    offer_next(registration.meeting, at=at)


def undo_withdrawal(registration: Registration, *, by: Person | None, at: datetime) -> None:
    """Come after all: as before where nothing stands against it, else at the end of the waiting list.

    Refused after the meeting, or where there is no withdrawal to take back.
    """
    hold(registration)
    refuse_when_over(registration, at)
    decision = newest_decision(registration)
    if registration.state != WITHDRAWN or decision is None or decision.after != WITHDRAWN:
        raise Refused(_("There is no withdrawal to take back."))
    decision.undone_at = at
    if decision.before == PENDING:
        change_state(registration, PENDING, "took the withdrawal back", by=by, at=at)
        post(mails.received(registration), at=at)
    else:
        settle(registration, "took the withdrawal back", by=by, at=at)


def add_walk_in(
    meeting: Meeting, application: Application, *, key: str, by: Person, at: datetime, language: str = "en"
) -> Registration:
    """Add somebody who stands at the counter, with a place at once.

    Refused when every place is taken, or the person is registered already.
    """
    lock(meeting)
    key = key_of(key, meeting, application)
    sent_before = registration_by_key(key)
    if sent_before:
        return sent_before
    category = next((one for one in meeting.categories if one.code == application.category), None)
    if category is None:
        raise Refused(_("This meeting has no such type of participant. Choose another one."))
    person = meet(application.record_name, application.email, at=at, language=language)
    registration = registration_of(person.id, meeting.id)
    if registration and registration.state_now(at) not in (UNCONFIRMED, LAPSED):
        known = {"name": registration.record_name, "number": registration.reference}
        raise Refused(_("%(name)s is registered already as %(number)s. Open that registration.", **known))
    if registration is None:
        registration = Registration(meeting_id=meeting.id, person_id=person.id, number=next_number(meeting))
    delegation = sent_by(meeting.id, application.delegation, application.delegation_country)
    ask(registration, category.id, delegation, application, key=key, at=at)
    hold(registration)
    offer_next(meeting, at=at)
    if not is_free(registration):
        raise Refused(full(meeting, category))
    registration.confirmed_at = at
    change_state(registration, APPROVED, "added at the counter", by=by, at=at)
    post(mails.approved(registration), at=at)
    return registration


def full(meeting: Meeting, category: Category) -> str:
    """Why there is no place, in a sentence that says what to do."""
    if places_left(meeting) > 0:
        return _(
            "Every place for %(category)s is taken (%(places)s). Use the waiting list, or raise the number.",
            category=category.name,
            places=category.capacity,
        )
    return _(
        "Every place at the meeting is taken (%(places)s). Use the waiting list, or raise the number.",
        places=meeting.capacity,
    )


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


def new_links(registration: Registration, *, at: datetime) -> None:
    """End every private link sent before and write a new one."""
    lock(registration)
    registration.link_version += 1
    record("replaced the private link", registration, by=registration.person, at=at, meeting_id=registration.meeting_id)
    post(mails.already_registered(registration), at=at)


def new_calendar_link(registration: Registration, *, at: datetime) -> None:
    """End the calendar link; the page shows a new one."""
    lock(registration)
    registration.calendar_version += 1
    record(
        "replaced the calendar link", registration, by=registration.person, at=at, meeting_id=registration.meeting_id
    )


def send_link_again(registration: Registration, *, at: datetime) -> None:
    """Write the private link to its owner once more."""
    if registration.state_now(at) == UNCONFIRMED:
        post(mails.confirm_address(registration, registration.meeting, registration.person), at=at)
    else:
        post(mails.already_registered(registration), at=at)


def refuse_when_over(registration: Registration, at: datetime) -> None:
    """Refused once the meeting is over."""
    if registration.meeting.has_ended(at):
        raise Refused(_("The meeting is over. Write to %(mail)s.", mail=registration.meeting.contact_email))
