"""The ways to an input: by its link for whoever writes it, by its number for those who work."""

from collections.abc import Callable
from functools import update_wrapper, wraps
from typing import Concatenate, ParamSpec

from flask import abort
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.gate import View, for_link_holder
from eventapp.inputs.entry import input_behind
from eventapp.inputs.models import Input
from eventapp.inputs.queries import input_at
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting

P = ParamSpec("P")


def with_link(view: Callable[Concatenate[Input, str, P], ResponseReturnValue]) -> View:
    """Hand the view the input behind a link, and the secret. A link that was ended or never was one: 404."""

    @wraps(view)
    def opened(token: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        written = input_behind(token, at=now())
        if written is None:
            abort(404)
        return view(written, token, *args, **kwargs)

    return for_link_holder(opened)


def with_input(view: Callable[Concatenate[Input, P], ResponseReturnValue]) -> View:
    """Hand the view the input at `slug` and `number`, for the meeting's rapporteurs and organizers."""

    def opened(meeting: Meeting, /, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        written = input_at(meeting, int(str(kwargs.pop("number"))))
        if written is None:
            abort(404)
        return view(written, *args, **kwargs)

    update_wrapper(opened, view)
    return with_meeting(may=record_meeting)(opened)
