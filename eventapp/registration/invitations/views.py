"""What somebody does with an invitation: register by it, or say that they do not come."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.db.types import Record
from eventapp.ground.security.tokens import secret
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import chosen_language
from eventapp.ground.web.attempt import attempt
from eventapp.links.access import with_link
from eventapp.links.actions import link_for_letter
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting
from eventapp.people.limits import allow, host_of
from eventapp.registration.answers.queries import full_choices
from eventapp.registration.entry import own_token
from eventapp.registration.forms.organizations import KNOWN
from eventapp.registration.forms.registration import RegistrationForm
from eventapp.registration.invitations.actions import decline_invitation, register_by
from eventapp.registration.invitations.forms import CodeForm
from eventapp.registration.invitations.models import LINK, Invitation
from eventapp.registration.invitations.queries import group_with, registration_by
from eventapp.registration.limits import HOUR, within_limits
from eventapp.registration.views import answer_for_everybody, bp, checked, hold

TRIES = 20  # of a code that one host may type in an hour


@bp.get("/meetings/<slug>/registration/code")
@with_meeting(may=see_meeting)
def group_code(meeting: Meeting) -> ResponseReturnValue:
    """Type the code of a group."""
    return render_template("registration/code.html", meeting=meeting, form=CodeForm())


@bp.post("/meetings/<slug>/registration/code")
@with_meeting(may=see_meeting)
def open_code(meeting: Meeting) -> ResponseReturnValue:
    """The form of the group with this code. A host has so many tries an hour."""
    form = CodeForm(request.form)
    if not form.validate():
        return render_template("registration/code.html", meeting=meeting, form=form), 422
    with transaction():
        is_allowed = allow(f"group code from {host_of(request.remote_addr or '')}", most=TRIES, per=HOUR, at=now())
        found = group_with(meeting, form.code.data) if is_allowed else None
        token = link_for_letter(LINK, found, meeting_id=found.meeting_id, at=now()) if found else ""
    if token:
        return redirect(url_for(".invitation", token=token), 303)
    wrong = _(
        "No group of this meeting has this code. Look at it again, or write to %(mail)s.", mail=meeting.contact_email
    )
    form.code.errors = [wrong if is_allowed else _("There were too many tries. Try again in an hour.")]
    return render_template("registration/code.html", meeting=meeting, form=form), 422 if is_allowed else 429


@bp.get("/invitations/<token>")
@with_link(LINK)
def invitation(invited: Invitation, token: str) -> ResponseReturnValue:
    """The form, with what is known; opening it does nothing."""
    there = registration_by(invited) if invited.is_personal else None
    if there is not None:
        with transaction():
            own = own_token(there)
        return redirect(url_for("mine.show", token=own), 303)
    code = invited.category.code
    values: Record = {}
    if invited.is_personal:
        values = {"given_name": invited.given_name, "family_name": invited.family_name}
        values |= {"state": invited.country, "delegation": invited.organization}
    form = RegistrationForm(
        None, meeting=invited.meeting, holds=code, category=code, email=invited.email, key=secret(), **values
    )
    return page_of(invited, token, form)


@bp.post("/invitations/<token>")
@with_link(LINK)
def register_invited(invited: Invitation, token: str) -> ResponseReturnValue:
    meeting, typed = invited.meeting, request.form.copy()
    typed["category"] = invited.category.code
    if invited.is_personal:
        typed["email"] = invited.email
    form = RegistrationForm(typed, meeting=meeting, holds=invited.category.code)
    sound, uploads = checked(form)
    if not sound:
        hold(form, uploads)
        return page_of(invited, token, form), 422
    application, key, slug = form.application(), form.key.data or secret(), meeting.slug
    is_personal, language, host = invited.is_personal, chosen_language(), request.remote_addr or ""

    def act() -> str:
        if not is_personal and not within_limits("register", application.email, host=host, at=now()):
            return ""
        made = register_by(invited, application, key=key, at=now(), language=language, files=uploads)
        return own_token(made) if is_personal else "done"

    own = attempt(form, act)
    if own is None:
        hold(form, uploads)
        return page_of(invited, token, form), 409
    return redirect(url_for("mine.show", token=own), 303) if is_personal else answer_for_everybody(slug, bool(own))


@bp.post("/invitations/<token>/refusal")
@with_link(LINK)
def refuse_invitation(invited: Invitation, token: str) -> ResponseReturnValue:
    """They do not come; they may still change their mind."""
    with transaction():
        decline_invitation(invited, at=now())
    return redirect(url_for(".invitation", token=token), 303)


def page_of(invited: Invitation, token: str, form: RegistrationForm) -> str:
    return render_template(
        "registration/invitation.html",
        form=form,
        invited=invited,
        meeting=invited.meeting,
        token=token,
        organizations=KNOWN,
        full=lambda: full_choices(invited.meeting),
        is_over=now() >= invited.meeting.registration_ends_at,
    )
