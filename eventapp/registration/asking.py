"""Asking for a place at a meeting. A crowd does this at once: plain values, few statements, rows inserted at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import inspect

from eventapp.db import db
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.meetings.models import Category, Meeting, is_open
from eventapp.people.actions import meet
from eventapp.people.addresses import address_of
from eventapp.refusal import Refused
from eventapp.registration import mails
from eventapp.registration.application import Application, index, write_down
from eventapp.registration.models import LAPSED, UNCONFIRMED, Delegation, Registration, Upload
from eventapp.registration.offers import held
from eventapp.registration.queries import (
    Represented,
    delegation_named,
    grounds,
    newest_upload,
    registration_of,
    was_posted,
)
from eventapp.rows import insert_now, made, need_session, put
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
    meeting = held(meeting)
    key = key_of(key, meeting, application, files)
    known = grounds(meeting, key=key, category=application.category, delegation=application.delegation)
    if known.sent_before or files:
        need_session()
    if known.sent_before:
        return db.session.get_one(Registration, known.sent_before)
    if not is_open(meeting, at):
        raise Refused(_("Registration for this meeting is closed. Write to %(mail)s.", mail=meeting.contact_email))
    if known.category is None:
        raise Refused(not_open_to_all())
    person = meet(application.record_name, application.email, at=at, language=language)
    registration = None if person.is_new else registration_before(person.id, meeting.id)
    if registration and registration.state_now(at) not in (UNCONFIRMED, LAPSED):
        tell_owner(registration, dedupe=f"already registered {key}", at=at)
        return registration
    if registration is None:
        registration = made(Registration, meeting_id=meeting.id, person_id=person.id, number=known.newest + 1)
    else:
        registration.link_version += 1  # whoever asked before us keeps no way in
    delegation = known.delegation or new_delegation(meeting.id, application.delegation, application.delegation_country)
    ask(registration, known.category, delegation, application, key=key, at=at)
    attach(registration, files, at=at)
    record("registered", registration, by=None, at=at, meeting_id=meeting.id, name=registration.record_name)
    post(mails.confirm_address(registration, meeting, person), at=at)
    return registration


def registration_before(person: int, meeting: int) -> Registration | None:
    """What somebody we know asked for before at this meeting."""
    need_session()
    return registration_of(person, meeting)


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


def open_category(meeting: Meeting, code: str) -> Category:
    """The category of this code that the form offers. Refused for one that the secretariat keeps to itself."""
    for category in meeting.categories:
        if category.code == code and category.takes_registrations:
            return category
    raise Refused(not_open_to_all())


def not_open_to_all() -> str:
    """Why somebody cannot register in a category."""
    return _("This type of participant is not open for registration. Choose another one.")


def ask(
    registration: Registration,
    category: int,
    delegation: Represented,
    application: Application,
    *,
    key: str,
    at: datetime,
) -> None:
    """Put a request on the row, for the category with this number; it holds no place."""
    write_down(registration, application.facts())
    index(registration, delegation.name, address_of(application.email))
    put(registration, category_id=category, delegation_id=delegation.id, client_key=key)
    put(registration, state=UNCONFIRMED, asked_at=at, state_at=at)
    if inspect(registration).transient:
        insert_now(registration)
    else:
        db.session.flush()
        db.session.expire(registration, ["category", "delegation"])  # they go by the new numbers


def sent_by(meeting: int, name: str, country: str) -> Represented:
    """The delegation of this name, added where it is the first to send somebody. The meeting is locked."""
    return delegation_named(meeting, name) or new_delegation(meeting, name, country)


def new_delegation(meeting: int, name: str, country: str) -> Represented:
    """A delegation that sends somebody for the first time. The meeting is locked."""
    row = Delegation(meeting_id=meeting, name=name, folded_name=folded(name), country=country, is_state=bool(country))
    insert_now(row)
    return Represented(row.id, name)


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
