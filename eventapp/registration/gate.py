"""The way to a registration for whoever holds its private link; the link is the proof."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import abort, make_response
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.gate import View, for_link_holder
from eventapp.registration.models import Registration
from eventapp.registration.queries import registration_by_token

P = ParamSpec("P")


def with_registration(view: Callable[Concatenate[Registration, P], ResponseReturnValue]) -> View:
    """Hand the view the registration behind a private link. A link that was altered or ended: 404.

    The address is a secret, so the page tells no other site where its reader came from.
    """

    @wraps(view)
    def opened(token: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        registration = registration_by_token(token, at=now())
        if registration is None:
            abort(404)
        answer = make_response(view(registration, *args, **kwargs))
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    return for_link_holder(opened)
