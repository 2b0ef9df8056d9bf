"""Whoever is registered asks for notices in this browser, and ends them."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.policy import figure
from eventapp.links.access import with_link
from eventapp.push.actions import subscribe, unsubscribe
from eventapp.push.queries import subscriptions_of
from eventapp.push.sending import public_key
from eventapp.registration.entry import OWN
from eventapp.registration.models import Registration

bp = Blueprint("push", __name__)
bp.add_app_template_global(public_key, "push_key")
bp.add_app_template_global(subscriptions_of, "push_browsers")


@bp.post("/registrations/<token>/notices")
@with_link(OWN)
def create(registration: Registration, token: str) -> ResponseReturnValue:
    """Show notices in the browser that sends this."""
    endpoint, p256dh, auth = (request.form.get(name, "") for name in ("endpoint", "p256dh", "auth"))
    with transaction():
        subscribe(registration, endpoint, p256dh, auth, at=now())
    return back(token)


@bp.post("/registrations/<token>/notices/end")
@with_link(OWN)
def end(registration: Registration, token: str) -> ResponseReturnValue:
    """Show none any more in one browser."""
    with transaction():
        unsubscribe(registration, figure(request.form.get("number")))
    return back(token)


def back(token: str) -> ResponseReturnValue:
    return redirect(url_for("my_agenda.index", token=token, _anchor="notices"), 303)
