"""The ways in: to what a meeting offers, and to a registration for whoever holds its private link."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import abort
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import db
from eventapp.gate import View, for_link_holder, open_to
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import see_meeting
from eventapp.people.current import current_person
from eventapp.registration.models import Registration
from eventapp.registration.offers import Offer, offer_at
from eventapp.registration.queries import registration_by_token
from eventapp.rows import aside

P = ParamSpec("P")


def with_offer(view: Callable[Concatenate[Offer, P], ResponseReturnValue]) -> View:
    """Hand the view what the meeting at `slug` offers, where one may see that meeting; else 404.

    A visitor of a published meeting, of whom there are crowds, costs no row of the session.
    """

    @wraps(view)
    def opened(slug: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        with aside() as ask:
            offer = offer_at(slug, ask)
        if offer is None or not may_see(offer):
            abort(404)
        return view(offer, *args, **kwargs)

    return open_to(see_meeting, opened)


def may_see(offer: Offer) -> bool:
    if offer.meeting.published_at is not None:
        return True  # to everybody: see_meeting would say so
    return see_meeting(current_person(), db.session.get_one(Meeting, offer.meeting.id))


def with_registration(view: Callable[Concatenate[Registration, P], ResponseReturnValue]) -> View:
    """Hand the view the registration behind a private link. A link that was altered or ended: 404."""

    @wraps(view)
    def opened(token: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        registration = registration_by_token(token, at=now())
        if registration is None:
            abort(404)
        return view(registration, *args, **kwargs)

    return for_link_holder(opened)
