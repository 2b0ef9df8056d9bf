"""Registering for a meeting, and what a participant does with their registration by its private link.

The page that shows it stands above, with the badge and the sessions: eventapp/home/mine.py.
"""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from eventapp.clock import now
from eventapp.db import db, transaction
from eventapp.languages import chosen_language
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting
from eventapp.people.limits import allow, host_of
from eventapp.people.queries import person_at
from eventapp.refusal import Refused
from eventapp.registration.actions import (
    confirm,
    new_calendar_link,
    send_link_again,
    undo_withdrawal,
    withdraw,
)
from eventapp.registration.amendments import amend, mark_of
from eventapp.registration.entry import own_token
from eventapp.registration.forms import EmailForm, RegistrationForm, answers
from eventapp.registration.fresh import fresh_page
from eventapp.registration.gate import with_offer, with_registration
from eventapp.registration.intake import HOUR, take_down, within_limits
from eventapp.registration.models import DECLINED, LAPSED, LETTER, PHOTO, UNCONFIRMED, WITHDRAWN, Registration, Upload
from eventapp.registration.offers import Offer
from eventapp.registration.organizations import KNOWN
from eventapp.registration.queries import (
    known_organizations,
    newest_upload,
    open_amendment,
    places_left,
    registration_of,
)
from eventapp.registration.uploads import received, say_what_is_lost, served
from eventapp.rows import in_a_crowd

bp = Blueprint("registration", __name__)

FORMS_WITH_FILES = 4  # that one host may send for each registration it may send: some come back with a fault


@bp.get("/meetings/<slug>/registration/new")
@with_offer
def new(offer: Offer) -> ResponseReturnValue:
    if not offer.takes_registrations(now()):
        return render_template("registration/closed.html", meeting=meeting_of(offer), at=now())
    return fresh_page(offer, draw=lambda key: ask(offer, RegistrationForm(None, meeting=meeting_of(offer), key=key)))


@bp.post("/meetings/<slug>/registration")
@with_offer
def create(offer: Offer) -> ResponseReturnValue:
    form = RegistrationForm(request.form, meeting=offer)
    sound, uploads = form.validate(), files_of(form)
    if not sound or form.faults:
        say_what_is_lost(form, uploads)
        return ask(offer, form), 422
    host, language = request.remote_addr or "", chosen_language()
    try:
        allowed = in_a_crowd(lambda: take_down(offer, form, host=host, language=language, at=now(), files=uploads))
    except Refused as refusal:
        form.refuse(refusal)
        say_what_is_lost(form, uploads)
        return ask(offer, form), 409
    return answer_for_everybody(offer.meeting.slug, allowed)


@bp.get("/meetings/<slug>/registration/done")
@with_meeting(may=see_meeting)
def done(meeting: Meeting) -> ResponseReturnValue:
    return render_template("registration/done.html", meeting=meeting)


@bp.get("/meetings/<slug>/registration/link")
@with_meeting(may=see_meeting)
def lost(meeting: Meeting) -> ResponseReturnValue:
    return render_template("registration/lost.html", meeting=meeting, form=EmailForm())


@bp.post("/meetings/<slug>/registration/link")
@with_meeting(may=see_meeting)
def send_link(meeting: Meeting) -> ResponseReturnValue:
    """The same answer for everybody; only the owner of a registered address gets a letter."""
    form = EmailForm(request.form)
    if not form.validate():
        return render_template("registration/lost.html", meeting=meeting, form=form), 422
    with transaction():
        allowed = within_limits("link", form.email.data, host=request.remote_addr or "", at=now())
        person = person_at(form.email.data)
        registration = registration_of(person.id, meeting.id) if person else None
        if allowed and registration:
            send_link_again(registration, at=now())
    return answer_for_everybody(meeting.slug, allowed)


def ask(offer: Offer, form: RegistrationForm) -> str:
    is_full, organizations = places_left(offer.meeting) < 1, known_organizations(offer.meeting)
    return page_of(form, meeting_of(offer), is_full, organizations)


def meeting_of(offer: Offer) -> Meeting:
    """The meeting as a row, for a page that shows more of it than the form asks."""
    return db.session.get_one(Meeting, offer.meeting.id)


def page_of(form: RegistrationForm, meeting: Meeting, is_full: bool, known: list[str]) -> str:  # noqa: FBT001 -- as asked
    """The page with this form; it suggests the organizations that everybody knows, and those known here."""
    organizations = sorted({*KNOWN, *known})
    return render_template(
        "registration/new.html", form=form, meeting=meeting, is_full=is_full, organizations=organizations
    )


def files_of(form: RegistrationForm) -> list[Upload]:
    """The files of this form, opened. 429 for a host that sends too many of them, before any is: that costs most."""
    if any(sent.filename for sent in request.files.values()):
        most = FORMS_WITH_FILES * current_app.config["REGISTRATIONS_PER_HOUR"]
        with transaction():
            allowed = allow(f"files from {host_of(request.remote_addr or '')}", most=most, per=HOUR, at=now())
        if not allowed:
            raise TooManyRequests(retry_after=int(HOUR.total_seconds()))
    return received(form)


def answer_for_everybody(slug: str, allowed: bool) -> ResponseReturnValue:  # noqa: FBT001 -- what was counted
    """The same page whoever's address it is; 429 for a host or an address that is tried too often."""
    if not allowed:
        raise TooManyRequests(retry_after=int(HOUR.total_seconds()))
    return redirect(url_for(".done", slug=slug), 303)


@bp.get("/registrations/<token>/confirmation")
@with_registration
def confirmation(registration: Registration) -> ResponseReturnValue:
    """One button: mail scanners open links, and opening must not act."""
    return confirmation_page(registration)


@bp.post("/registrations/<token>/confirmation")
@with_registration
def confirm_address(registration: Registration) -> ResponseReturnValue:
    try:
        with transaction():
            confirm(registration, at=now())
    except Refused as refusal:
        return confirmation_page(registration, refusal), 409
    return to_own_page(registration)


@bp.get("/registrations/<token>/edit")
@with_registration
def edit(registration: Registration) -> ResponseReturnValue:
    if registration.state_now(now()) in (DECLINED, WITHDRAWN, LAPSED):
        return to_own_page(registration)
    waits = open_amendment(registration)
    values = answers(registration, waits.changes if waits else {})
    form = RegistrationForm(None, meeting=registration.meeting, base=mark_of(registration), **values)
    return ask_again(registration, form)


@bp.post("/registrations/<token>/edit")
@with_registration
def update(registration: Registration) -> ResponseReturnValue:
    form = RegistrationForm(request.form, meeting=registration.meeting)
    form.email.data, form.email.raw_data = registration.person.email, [registration.person.email]  # is not changed here
    sound, uploads = form.validate(), files_of(form)
    if not sound or form.faults:
        say_what_is_lost(form, uploads)
        return ask_again(registration, form), 422
    try:
        with transaction():
            sent, base = form.application(), form.base.data or ""
            amend(registration, sent, by=registration.person, at=now(), files=uploads, base=base)
    except Refused as refusal:
        form.refuse(refusal)
        form.base.data = mark_of(registration)  # the next sending is compared with what is there now
        say_what_is_lost(form, uploads)
        return ask_again(registration, form), 409
    return to_own_page(registration)


@bp.get("/registrations/<token>/withdrawal")
@with_registration
def withdrawal(registration: Registration) -> ResponseReturnValue:
    return render_template("registration/withdrawal.html", **around(registration))


@bp.post("/registrations/<token>/withdrawal")
@with_registration
def give_up(registration: Registration) -> ResponseReturnValue:
    try:
        with transaction():
            withdraw(registration, by=registration.person, at=now())
    except Refused as refusal:
        return render_template("registration/withdrawal.html", refusal=refusal, **around(registration)), 409
    return to_own_page(registration)


@bp.post("/registrations/<token>/withdrawal/undo")
@with_registration
def come_back(registration: Registration) -> ResponseReturnValue:
    """The place again, or a position. Pressed twice, the page says how it stands after the first time."""
    try:
        with transaction():
            undo_withdrawal(registration, by=registration.person, at=now())
    except Refused:
        if registration.state == WITHDRAWN:
            raise
    return to_own_page(registration)


@bp.post("/registrations/<token>/calendar-link")
@with_registration
def replace_calendar_link(registration: Registration) -> ResponseReturnValue:
    with transaction():
        new_calendar_link(registration, at=now())
    return to_own_page(registration)


@bp.get("/registrations/<token>/<any(letter, photo):kind>")
@with_registration
def upload(registration: Registration, kind: str) -> ResponseReturnValue:
    found = newest_upload(registration, kind)
    if found is None:
        abort(404)
    return served(found, registration)


def ask_again(registration: Registration, form: RegistrationForm) -> str:
    return render_template(
        "registration/edit.html",
        form=form,
        organizations=KNOWN,
        letter=newest_upload(registration, LETTER),
        photo=newest_upload(registration, PHOTO),
        **around(registration),
    )


def confirmation_page(registration: Registration, refusal: Refused | None = None) -> str:
    state = registration.state_now(now())
    return render_template(
        "registration/confirmation.html",
        refusal=refusal,
        state=state,
        is_new=state == UNCONFIRMED,
        is_full=places_left(registration.meeting, registration.category) < 1,
        **around(registration),
    )


def around(registration: Registration) -> dict[str, object]:
    """What every page by this link needs."""
    return {"registration": registration, "meeting": registration.meeting, "token": own_token(registration)}


def to_own_page(registration: Registration) -> ResponseReturnValue:
    return redirect(url_for("mine.show", token=own_token(registration)), 303)
