"""Asking for a place at a meeting."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import hashed
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import folded
from eventapp.history.actions import record
from eventapp.mail.actions import post_first
from eventapp.meetings.models import Category, Meeting
from eventapp.meetings.queries import category_of
from eventapp.organizations.queries import organization_called
from eventapp.people.actions import meet
from eventapp.people.addresses import address_of
from eventapp.people.models import Person
from eventapp.registration import mails
from eventapp.registration.answers.actions import answer
from eventapp.registration.application import Application, index, write_down
from eventapp.registration.entry import OWN, new_links, replace_link
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.limits import within_limits
from eventapp.registration.models import LAPSED, LETTER, PHOTO, UNCONFIRMED, Delegation, Registration, Upload
from eventapp.registration.queries import (
    Grounds,
    already_registered,
    delegation_named,
    grounds,
    newest_upload,
    registration_of,
)


def register(
    meeting: Meeting,
    application: Application,
    *,
    key: str,
    at: datetime,
    language: str = "en",
    files: Sequence[Upload] = (),
) -> Registration:
    """Register a request and write to the address: to confirm it, or kindly where it is registered already.

    The same form (`key`) sent again is the same registration. Refused when registration is closed, or the category.
    """
    lock(meeting)
    key = key_of(key, meeting, application, files)
    known = grounds(meeting, application, key=key)
    if known.registered:
        return db.session.get_one(Registration, known.registered)
    return register_new(meeting, application, known, key=key, at=at, language=language, files=files)


def register_from(
    host: str,
    meeting: Meeting,
    application: Application,
    *,
    key: str,
    at: datetime,
    language: str,
    files: Sequence[Upload] = (),
) -> bool:
    """The same for a form that this host sent; False, and nothing but the count, where it sent too many.

    A form that was answered before is answered again and not counted: a browser repeats it on a bad line.
    """
    lock(meeting)  # whoever sends the same form at the same moment waits here, and then finds ours
    key = key_of(key, meeting, application, files)
    known = grounds(meeting, application, key=key)
    if known.registered or known.told:
        return True
    if not within_limits("register", application.email, host=host, at=at):
        return False
    register_new(meeting, application, known, key=key, at=at, language=language, files=files)
    return True


def register_new(
    meeting: Meeting,
    application: Application,
    known: Grounds,
    *,
    key: str,
    at: datetime,
    language: str,
    files: Sequence[Upload],
    invited: Invitation | None = None,
) -> Registration:
    """Register a form that nobody sent before, or one that was `invited`. The meeting is locked.

    A personal invitation has proved the address: no letter asks to confirm it.
    """
    if invited is None and not meeting.takes_registrations(at):
        raise Refused(_("Registration for this meeting is closed. Write to %(mail)s.", mail=meeting.contact_email))
    category = invited.category if invited else need_open(known.category)
    person = meet(application.record_name, application.email, at=at, language=language)
    registration = None if person.is_new else registration_of(person.id, meeting.id)
    if registration and (registration.is_nominated or registration.state_now(at) not in (UNCONFIRMED, LAPSED)):
        if not known.told:
            post_first(mails.already_registered(registration, dedupe=already_registered(key)), at=at)
        return registration
    is_first = registration is None
    if registration is None:
        registration = Registration(meeting_id=meeting.id, person_id=person.id, number=(known.newest or 0) + 1)
    named = known.delegation
    delegation = named.in_force if named else new_delegation(meeting, *application.represents)
    registration.invitation_id = invited.id if invited else None
    ask(registration, category, delegation, application, key=key, at=at)
    # whoever asked before us keeps no way in
    token = new_links(registration, at=at) if is_first else replace_link(OWN, registration, at=at)
    attach(registration, files, at=at)
    if application.answers or (application.answers is not None and not is_first):
        answer(registration, application.answers, by=None, at=at, files=files)
    record("registered", registration, by=None, at=at, meeting_id=meeting.id, name=registration.record_name)
    if invited is None or not invited.is_personal:
        post_first(mails.confirm_address(registration, meeting, person, token=token), at=at)
    return registration


def key_of(key: str, meeting: Meeting, application: Application, files: Sequence[Upload] = ()) -> str:
    """What makes two sendings one: the same form with the same answers.

    Somebody who goes back and corrects an answer, or registers a colleague in the same form, means something new.
    """
    answers = sorted(application.facts().items()) + sorted((application.answers or {}).items())
    return hashed(repr((key, meeting.id, address_of(application.email), answers, [file.sha256 for file in files])))


def open_category(meeting: Meeting, code: str) -> Category:
    """The category of this code that the form offers. Refused for one that the secretariat keeps to itself."""
    return need_open(category_of(meeting, code))


def need_open(category: Category | None) -> Category:
    if category is None or not category.takes_registrations:
        raise Refused(_("This type of participant is not open for registration. Choose another one."))
    return category


def ask(
    registration: Registration,
    category: Category,
    delegation: Delegation,
    application: Application,
    *,
    key: str,
    at: datetime,
) -> None:
    """Put a request on the row; it holds no place."""
    fill(registration, category, delegation, application, key=key, at=at)
    db.session.flush()


def fill(
    registration: Registration,
    category: Category,
    delegation: Delegation,
    application: Application,
    *,
    key: str,
    at: datetime,
) -> None:
    """The same, written with the next flush: many rows are written at once."""
    write_down(registration, application.facts())
    index(registration, delegation.name, address_of(application.email))
    registration.category, registration.delegation, registration.client_key = category, delegation, key
    registration.state, registration.asked_at, registration.state_at = UNCONFIRMED, at, at
    registration.vouched_at, registration.position = None, 0
    registration.privacy_notice = application.privacy_notice
    registration.consent_wording_id = application.consent_wording
    db.session.add(registration)


def sent_by(meeting: Meeting, name: str, country: str) -> Delegation:
    """The delegation of this name, added where it is the first to send somebody. The meeting is locked."""
    return delegation_named(meeting, name) or new_delegation(meeting, name, country)


def new_delegation(meeting: Meeting, name: str, country: str) -> Delegation:
    """A delegation that sends somebody for the first time. The meeting is locked."""
    row = Delegation(
        meeting_id=meeting.id, name=name, folded_name=folded(name), country=country, is_state=bool(country)
    )
    organization = None if country else organization_called(name, meeting.id)
    row.organization_id = organization.id if organization else None
    db.session.add(row)
    return row


def attach(registration: Registration, files: Sequence[Upload], *, at: datetime, by: Person | None = None) -> None:
    """Keep its photo and letter with the registration; a newer one replaces the one before, which is kept.

    Sent by the person, or `by` somebody for them.
    """
    for upload in files:
        if upload.kind not in (PHOTO, LETTER):  # an answer: eventapp/registration/answers/actions.py
            continue
        before = newest_upload(registration, upload.kind)
        if before and before.sha256 == upload.sha256:
            continue
        if before:
            before.replaced_at = at
        upload.registration, upload.uploaded_at = registration, at
        db.session.add(upload)
        db.session.flush()
        sender = by or registration.person
        record(f"sent a {upload.kind}", registration, by=sender, at=at, meeting_id=registration.meeting_id)
