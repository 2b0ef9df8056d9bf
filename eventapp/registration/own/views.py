"""What participants do with their registration by its private link: confirm, change, withdraw, come back.

The page that shows it stands above, with the badge and the sessions: eventapp/home/registration/views.py.
"""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.ground.web.forms import Form
from eventapp.links.access import with_link
from eventapp.registration.actions import confirm, new_calendar_link, undo_withdrawal, withdraw
from eventapp.registration.answers.queries import full_choices, given
from eventapp.registration.changes.actions import amend
from eventapp.registration.changes.versions import mark_of
from eventapp.registration.entry import OWN
from eventapp.registration.forms.organizations import KNOWN
from eventapp.registration.forms.registration import RegistrationForm, answers
from eventapp.registration.models import DECLINED, LAPSED, LETTER, PHOTO, UNCONFIRMED, WITHDRAWN, Registration
from eventapp.registration.places.letters import ready_for
from eventapp.registration.queries import newest_upload, open_amendment, places_left
from eventapp.registration.uploads.reading import served
from eventapp.registration.views import bp, checked, files_of, hold


@bp.get("/registrations/<token>/confirmation")
@with_link(OWN)
def confirmation(registration: Registration, token: str) -> ResponseReturnValue:
    """One button: mail scanners open links, and opening must not act."""
    if registration.is_nominated:
        return to_nomination()
    return confirmation_page(registration)


@bp.post("/registrations/<token>/confirmation")
@with_link(OWN)
def confirm_address(registration: Registration, token: str) -> ResponseReturnValue:
    if registration.is_nominated:
        return to_nomination()
    at = now()
    ready = ready_for(registration, at=at)
    refusal = refusal_from(lambda: confirm(registration, at=at, ready=ready))
    if refusal:
        return confirmation_page(registration, refusal), 409
    return to_own_page()


@bp.get("/registrations/<token>/edit")
@with_link(OWN)
def edit(registration: Registration, token: str) -> ResponseReturnValue:
    if registration.is_nominated:
        return to_nomination()
    if registration.state_now(now()) in (DECLINED, WITHDRAWN, LAPSED):
        return to_own_page()
    waits = open_amendment(registration)
    values = answers(registration, waits.changes if waits else {})
    holds = registration.category.code
    form = RegistrationForm(
        None, meeting=registration.meeting, holds=holds, base=mark_of(registration), given=given(registration), **values
    )
    return ask_again(registration, form)


@bp.post("/registrations/<token>/edit")
@with_link(OWN)
def update(registration: Registration, token: str) -> ResponseReturnValue:
    if registration.is_nominated:
        return to_nomination()
    holds, there = registration.category.code, given(registration)
    form = RegistrationForm(request.form, meeting=registration.meeting, holds=holds, given=there)
    form.email.data, form.email.raw_data = registration.person.email, [registration.person.email]  # is not changed here
    if form.asks_again:
        hold(form, files_of(form))
        return ask_again(registration, form)
    sound, uploads = checked(form)
    if not sound:
        hold(form, uploads)
        return ask_again(registration, form), 422
    sent, base = form.application(), form.base.data or ""
    attempt(form, lambda: amend(registration, sent, by=registration.person, at=now(), files=uploads, base=base))
    if form.refused:
        form.base.data = mark_of(registration)  # the next sending is compared with what is there now
        hold(form, uploads)
        return ask_again(registration, form), 409
    return to_own_page()


@bp.get("/registrations/<token>/withdrawal")
@with_link(OWN)
def withdrawal(registration: Registration, token: str) -> ResponseReturnValue:
    return render_template("registration/withdrawal.html", **around(registration))


@bp.post("/registrations/<token>/withdrawal")
@with_link(OWN)
def give_up(registration: Registration, token: str) -> ResponseReturnValue:
    refusal = refusal_from(lambda: withdraw(registration, by=registration.person, at=now()))
    if refusal:
        return render_template("registration/withdrawal.html", refusal=refusal, **around(registration)), 409
    return to_own_page()


@bp.post("/registrations/<token>/withdrawal/undo")
@with_link(OWN)
def come_back(registration: Registration, token: str) -> ResponseReturnValue:
    """The place again, or a position. Pressed twice, the page says how it stands after the first time."""
    form = Form()
    attempt(form, lambda: undo_withdrawal(registration, by=registration.person, at=now()))
    if form.refused and registration.state == WITHDRAWN:
        raise form.refused
    return to_own_page()


@bp.post("/registrations/<token>/calendar-link")
@with_link(OWN)
def replace_calendar_link(registration: Registration, token: str) -> ResponseReturnValue:
    with transaction():
        new_calendar_link(registration, at=now())
    return to_own_page()


@bp.get("/registrations/<token>/<any(letter, photo):kind>")
@with_link(OWN)
def upload(registration: Registration, token: str, kind: str) -> ResponseReturnValue:
    found = newest_upload(registration, kind)
    if found is None:
        abort(404)
    return served(found, registration)


def ask_again(registration: Registration, form: RegistrationForm) -> str:
    return render_template(
        "registration/edit.html",
        form=form,
        organizations=KNOWN,
        full=lambda: full_choices(registration.meeting),
        letter=newest_upload(registration, LETTER),
        photo=newest_upload(registration, PHOTO),
        **around(registration),
    )


def confirmation_page(registration: Registration, refusal: str = "") -> str:
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
    """What every page by this link needs, its secret too."""
    return {"registration": registration, "meeting": registration.meeting, **(request.view_args or {})}


def to_own_page() -> ResponseReturnValue:
    """To the page that shows the registration, by the link that was opened."""
    return redirect(url_for("mine.show", **(request.view_args or {})), 303)


def to_nomination() -> ResponseReturnValue:
    """Somebody who was named confirms it with all the answers: nothing of it is changed before."""
    return redirect(url_for("registration.nomination", **(request.view_args or {})), 303)
