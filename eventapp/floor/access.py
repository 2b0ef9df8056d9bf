"""The way a view gets a session whose floor somebody keeps."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import abort
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.floor.queries import floor_session
from eventapp.floor.rules import keep_floor
from eventapp.ground.web.access import View, open_to
from eventapp.meetings.queries import meeting_at
from eventapp.meetings.rules import see_meeting
from eventapp.people.access import ask_to_sign_in
from eventapp.people.current import current_person

P = ParamSpec("P")


def with_floor(view: Callable[Concatenate[Session, P], ResponseReturnValue]) -> View:
    """Hand the view the session at `slug` and `code`. Not there and not yours look the same: 404.

    A visitor who reads is asked to sign in and comes back.
    """

    @wraps(view)
    def opened(slug: str, code: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        meeting, person = meeting_at(slug), current_person()
        session = floor_session(meeting, code) if meeting else None
        if session is not None and keep_floor(person, session):
            return view(session, *args, **kwargs)
        if meeting is None or person is not None or not see_meeting(None, meeting):
            abort(404)
        return ask_to_sign_in()

    return open_to(keep_floor, opened)
