"""What somebody does with a place that is offered to them: accept or decline it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.web.attempt import refusal_from
from eventapp.links.access import with_link
from eventapp.registration.entry import OWN
from eventapp.registration.models import WAITING, Registration
from eventapp.registration.offers.actions import accept, decline
from eventapp.registration.offers.queries import newest_offer
from eventapp.registration.views import bp


@bp.get("/registrations/<token>/offer")
@with_link(OWN)
def offer(registration: Registration, token: str) -> ResponseReturnValue:
    """The place and the deadline, with two buttons; opening it does nothing."""
    made = newest_offer(registration)
    if registration.state != WAITING or made is None or made.ended_at is not None:
        return redirect(url_for("mine.show", token=token), 303)
    return page_of(registration, token)


@bp.post("/registrations/<token>/offer")
@with_link(OWN)
def accept_offer(registration: Registration, token: str) -> ResponseReturnValue:
    """They come."""
    refusal = refusal_from(lambda: accept(registration, at=now()))
    return (page_of(registration, token, refusal), 409) if refusal else to_own(token)


@bp.post("/registrations/<token>/offer/refusal")
@with_link(OWN)
def decline_offer(registration: Registration, token: str) -> ResponseReturnValue:
    """They do not come; the next in line gets the offer."""
    refusal = refusal_from(lambda: decline(registration, at=now()))
    return (page_of(registration, token, refusal), 409) if refusal else to_own(token)


def page_of(registration: Registration, token: str, refusal: str = "") -> str:
    made = newest_offer(registration)
    return render_template(
        "registration/offers/offer.html",
        registration=registration,
        meeting=registration.meeting,
        offer=made,
        is_open=made is not None and made.is_open(now()),
        refusal=refusal,
        token=token,
    )


def to_own(token: str) -> ResponseReturnValue:
    return redirect(url_for("mine.show", token=token), 303)
