"""Asking for a place at a meeting, confirming the address, and giving the place up again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import inspect

from eventapp.db import db, insert_now, lock
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.meetings.models import Category, Meeting
from eventapp.people.actions import Met, meet
from eventapp.people.addresses import address_of
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.registration import mails
from eventapp.registration.application import Application, index, write_down
from eventapp.registration.models import (
    APPROVED,
    LAPSED,
    PENDING,
    UNCONFIRMED,
    WAITING,
    WITHDRAWN,
    Delegation,
    Registration,
    Upload,
)
from eventapp.registration.offers import Offer, held_offer
from eventapp.registration.places import change_state, hold, is_free, offer_next, settle
from eventapp.registration.queries import (
    delegation_named,
    newest_decision,
    newest_upload,
    next_number,
    places_left,
    registration_by_key,
    registration_of,
    unconfirmed_since_long,
    was_posted,
)
from eventapp.text import folded
from eventapp.tokens import hashed
from eventapp.words import _


def register(
    meeting: Meeting | Any,
    application: Application,
    *,
    key: str,
    at: datetime,
    language: str = "en",
    files: Sequence[Upload] = (),
) -> Registration:
    """Take down a request and write to the address: to confirm it, or kindly where it is registered already.

    The same form (`key`) sent again is the same registration. Refused when registration is closed, or the category.
    """
    offer = held_offer(meeting)
    key = key_of(key, offer.meeting, application, files)
    sent_before = registration_by_key(key)
    if sent_before:
        return sent_before
    if not offer.takes_registrations(at):
        contact = offer.meeting.contact_email
        raise Refused(_("Registration for this meeting is closed. Write to %(mail)s.", mail=contact))
    category = open_category(offer, application.category)
    person = meet(application.record_name, application.email, at=at, language=language)
    registration = None if person.is_new else registration_of(person.id, offer.meeting.id)
    if registration and registration.state_now(at) not in (UNCONFIRMED, LAPSED):
        tell_owner(registration, dedupe=f"already registered {key}", at=at)
        return registration
    if registration is None:
        registration = new_registration(offer.meeting, person)
    else:
        registration.link_version += 1  # whoever asked before us keeps no way in
    ask(registration, category, application, key=key, at=at)
    attach(registration, files, at=at)
    record("registered", registration, by=None, at=at, meeting_id=offer.meeting.id, name=registration.record_name)
    post(mails.confirm_address(registration, offer.meeting, person), at=at)
    return registration


def new_registration(meeting: Meeting | Any, person: Met) -> Registration:
    """A registration with its number and nothing else. The meeting is locked."""
    return Registration(meeting_id=meeting.id, person_id=person.id, number=next_number(meeting))


def tell_owner(registration: Registration, *, dedupe: str, at: datetime) -> None:
    """Write to the owner of an address that was registered again; once for one sending, however often it arrives."""
    if not was_posted(dedupe):
        post(mails.already_registered(registration, dedupe=dedupe), at=at)


def key_of(key: str, meeting: Meeting | Any, application: Application, files: Sequence[Upload] = ()) -> str:
    """What makes two sendings one: the same form with the same answers.

    Somebody who goes back and corrects an answer, or registers a colleague in the same form, means something new.
    """
    answers = sorted(application.facts().items())
    return hashed(repr((key, meeting.id, address_of(application.email), answers, [file.sha256 for file in files])))


def open_category(offer: Offer | Meeting, code: str) -> Any:
    """The category of this code that the form offers. Refused for one that the secretariat keeps to itself."""
    for category in offer.categories:
        if category.code == code and category.takes_registrations:
            return category
    raise Refused(_("This type of participant is not open for registration. Choose another one."))


def ask(
    registration: Registration, category: Category | Any, application: Application, *, key: str, at: datetime
) -> None:
    """Put a request on the row; it holds no place."""
    delegation = sent_by(registration.meeting_id, application.delegation, application.delegation_country)
    registration.category_id, registration.delegation_id = category.id, delegation.id
    write_down(registration, application.facts())
    index(registration, delegation.name, address_of(application.email))
    registration.state, registration.asked_at, registration.state_at = UNCONFIRMED, at, at
    registration.client_key = key
    if inspect(registration).transient:
        insert_now(registration)
    else:
        db.session.flush()
        db.session.expire(registration, ["category", "delegation"])  # they go by the new numbers


def sent_by(meeting: int, name: str, country: str) -> Delegation | Any:
    """The delegation of this name, added where it is the first to send somebody. The meeting is locked."""
    found = delegation_named(meeting, name)
    if found:
        return found
    delegation = Delegation(
        meeting_id=meeting, name=name, folded_name=folded(name), country=country, is_state=bool(country)
    )
    insert_now(delegation)
    return delegation


def attach(registration: Registration, files: Sequence[Upload], *, at: datetime) -> None:
    """Keep files with the registration; a newer photo or letter replaces the one before, which is kept."""
    for upload in files:
        before = newest_upload(registration, upload.kind)
        if before and before.sha256 == upload.sha256:
            continue
        if before:
            before.replaced_at = at
        upload.registration, upload.uploaded_at = registration, at
        db.session.add(upload)
        db.session.flush()
        record(f"sent a {upload.kind}", registration, by=registration.person, at=at, meeting_id=registration.meeting_id)


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
        registration = new_registration(meeting, person)
    ask(registration, category, application, key=key, at=at)
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
