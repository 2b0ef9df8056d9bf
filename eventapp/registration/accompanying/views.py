"""Whom I bring along, by my private link."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.security.tokens import secret
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.links.access import with_link
from eventapp.registration.accompanying.actions import bring, leave_behind
from eventapp.registration.accompanying.forms import CompanionForm
from eventapp.registration.accompanying.queries import brought_by, coming_with, rules_of
from eventapp.registration.entry import OWN
from eventapp.registration.models import Registration
from eventapp.registration.own.views import around, to_nomination, to_own_page
from eventapp.registration.views import bp


@bp.get("/registrations/<token>/accompanying")
@with_link(OWN)
def accompanying(registration: Registration, token: str) -> ResponseReturnValue:
    """Who comes along, and a form for one more."""
    if registration.is_nominated:
        return to_nomination()
    return page_of(registration, CompanionForm(None, key=secret()))


@bp.post("/registrations/<token>/accompanying")
@with_link(OWN)
def bring_along(registration: Registration, token: str) -> ResponseReturnValue:
    if registration.is_nominated:
        return to_nomination()
    form = CompanionForm(request.form)
    if not form.validate():
        return page_of(registration, form), 422
    key = form.key.data or secret()
    name = attempt(form, lambda: bring(registration, form.companion(), key=key, at=now()).record_name)
    if name is None:
        return page_of(registration, form), 409
    flash(_("%(name)s is registered with you.", name=name), "ok")
    return to_own_page()


@bp.post("/registrations/<token>/accompanying/<int(max=999999999):number>/withdrawal")
@with_link(OWN)
def leave_person_behind(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    """One of them does not come."""
    refusal = refusal_from(lambda: leave_behind(registration, number, at=now()))
    if refusal:
        flash(refusal, "stop")
    return to_own_page()


def page_of(registration: Registration, form: CompanionForm) -> str:
    rules = rules_of(registration.meeting)
    left = max(0, rules.most - len(coming_with(registration))) if rules else 0
    return render_template(
        "registration/accompanying/own.html",
        form=form,
        people=brought_by(registration),
        left=left,
        **around(registration),
    )
