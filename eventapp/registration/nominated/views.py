"""What somebody does whom a delegation has named: come, with the answers that are only theirs, or not."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.links.access import with_link
from eventapp.registration.actions import withdraw
from eventapp.registration.answers.queries import full_choices, given
from eventapp.registration.changes.versions import mark_of
from eventapp.registration.entry import OWN
from eventapp.registration.forms.organizations import KNOWN
from eventapp.registration.forms.registration import RegistrationForm, answers
from eventapp.registration.models import LETTER, PHOTO, Registration
from eventapp.registration.nominated.actions import confirm_nomination
from eventapp.registration.own.views import around, to_own_page
from eventapp.registration.queries import newest_upload
from eventapp.registration.views import bp, checked, hold
from eventapp.vocabulary.participants import DELEGATION_ROLES


@bp.get("/registrations/<token>/nomination")
@with_link(OWN)
def nomination(registration: Registration, token: str) -> ResponseReturnValue:
    """Who was named, for whom, and the form with what is known; opening it does nothing."""
    if not registration.is_nominated:
        return to_own_page()
    values = answers(registration, {})
    holds, base = registration.category.code, mark_of(registration)
    form = RegistrationForm(
        None, meeting=registration.meeting, holds=holds, base=base, given=given(registration), **values
    )
    return page_of(registration, form)


@bp.post("/registrations/<token>/nomination")
@with_link(OWN)
def confirm_it(registration: Registration, token: str) -> ResponseReturnValue:
    """They come. Sent again after that, their page says how it stands."""
    if not registration.is_nominated:
        return to_own_page()
    form = form_sent(registration)
    sound, uploads = checked(form)
    if not sound:
        hold(form, uploads)
        return page_of(registration, form), 422
    sent, base = form.application(), form.base.data or ""
    attempt(form, lambda: confirm_nomination(registration, sent, at=now(), files=uploads, base=base))
    if form.refused:
        form.base.data = mark_of(registration)
        hold(form, uploads)
        return page_of(registration, form), 409
    return to_own_page()


@bp.post("/registrations/<token>/nomination/refusal")
@with_link(OWN)
def refuse_it(registration: Registration, token: str) -> ResponseReturnValue:
    """They do not come; the delegation has the place back."""
    refusal = refusal_from(lambda: withdraw(registration, by=registration.person, at=now()))
    if refusal and registration.is_nominated:
        form = RegistrationForm(
            None, meeting=registration.meeting, holds=registration.category.code, **answers(registration, {})
        )
        return page_of(registration, form, refusal), 409
    return to_own_page()


def form_sent(registration: Registration) -> RegistrationForm:
    """The form that was sent; what the delegation decides stands in it as it was named, whatever was sent."""
    typed, on_record = request.form.copy(), answers(registration, {})
    named = {
        "category": registration.category.code,
        "state": on_record["state"],
        "delegation_role": registration.delegation_role,
        "email": registration.person.email,
    }
    if not registration.delegation.country:
        named["delegation"] = registration.delegation.name
    for name, value in named.items():
        typed.setlist(name, [str(value)])
    holds, there = registration.category.code, given(registration)
    return RegistrationForm(typed, meeting=registration.meeting, holds=holds, given=there)


def page_of(registration: Registration, form: RegistrationForm, refusal: str = "") -> str:
    return render_template(
        "registration/nomination.html",
        form=form,
        refusal=refusal,
        organizations=KNOWN,
        full=lambda: full_choices(registration.meeting),
        roles=DELEGATION_ROLES,
        letter=newest_upload(registration, LETTER),
        photo=newest_upload(registration, PHOTO),
        **around(registration),
    )
