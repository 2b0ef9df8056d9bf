"""The ways to a card: by its mailed link for whoever presents it, by its number for those who work."""

from collections.abc import Callable
from functools import update_wrapper, wraps
from typing import Concatenate, ParamSpec

from flask import abort
from flask.typing import ResponseReturnValue

from eventapp.gate import View, for_link_holder
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting
from eventapp.practices.models import Card
from eventapp.practices.queries import card_at, card_behind

P = ParamSpec("P")


def with_link(view: Callable[Concatenate[Card, str, P], ResponseReturnValue]) -> View:
    """Hand the view the card behind a mailed link, and the secret. A link that was ended or never was one: 404."""

    @wraps(view)
    def opened(token: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        card = card_behind(token)
        if card is None:
            abort(404)
        return view(card, token, *args, **kwargs)

    return for_link_holder(opened)


def with_card(view: Callable[Concatenate[Card, P], ResponseReturnValue]) -> View:
    """Hand the view the card at `slug` and `number`, for the meeting's rapporteurs and organizers."""

    def opened(meeting: Meeting, /, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        card = card_at(meeting, int(str(kwargs.pop("number"))))
        if card is None:
            abort(404)
        return view(card, *args, **kwargs)

    update_wrapper(opened, view)
    return with_meeting(may=record_meeting)(opened)
