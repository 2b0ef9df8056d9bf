"""The page behind the address in a letter, and the one click of a mail program (RFC 8058)."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.web.access import for_link_holder
from eventapp.messages.models import Unsubscription
from eventapp.messages.unsubscribing.actions import subscribe, unsubscribe
from eventapp.messages.unsubscribing.token import registration_behind
from eventapp.registration.models import Registration

bp = Blueprint("unsubscribing", __name__)


@bp.get("/unsubscribe/<token>")
@for_link_holder
def show(token: str) -> ResponseReturnValue:
    """One button: mail scanners open links, and opening must not act."""
    registration = of_token(token)
    gone = db.session.get(Unsubscription, registration.id) is not None
    return render_template(
        "messages/unsubscribing/show.html",
        meeting=registration.meeting,
        registration=registration,
        gone=gone,
        token=token,
    )


@bp.post("/unsubscribe/<token>")
@for_link_holder
def act(token: str) -> ResponseReturnValue:
    """What a mail program posts by itself, without a session, and what the button of the page posts."""
    registration = of_token(token)
    with transaction():
        (subscribe if request.form.get("do") == "subscribe" else unsubscribe)(registration, at=now())
    return redirect(url_for(".show", token=token), 303)


def of_token(token: str) -> Registration:
    return registration_behind(token) or abort(404)
