"""The only way a page of networking gets its participant: by their own link, where the meeting has networking."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import abort
from flask.typing import ResponseReturnValue

from eventapp.ground.web.access import View
from eventapp.links.access import with_link
from eventapp.networking.queries import is_open
from eventapp.registration.entry import OWN
from eventapp.registration.models import Registration

P = ParamSpec("P")


def with_participant(view: Callable[Concatenate[Registration, str, P], ResponseReturnValue]) -> View:
    """Hand the view the registration behind its own link, and the secret. 404 where the meeting has no networking, and
    for who has no place there.
    """

    @wraps(view)
    def opened(registration: Registration, token: str, /, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if not registration.holds_a_place or not is_open(registration.meeting):
            abort(404)
        return view(registration, token, *args, **kwargs)

    return with_link(OWN)(opened)
