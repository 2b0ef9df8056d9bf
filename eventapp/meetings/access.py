"""The only way a view gets a meeting: by saying what the visitor may do with it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from flask import abort, current_app, g, request
from flask.typing import ResponseReturnValue

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.web.access import View, open_to
from eventapp.ground.web.request_bodies import UNSAFE
from eventapp.ground.web.requests.shared_caches import made_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.meetings.rules import see_meeting
from eventapp.people.access import ask_to_sign_in
from eventapp.people.current import current_person
from eventapp.people.models import Person

P = ParamSpec("P")
Row = TypeVar("Row")
Rule = Callable[[Person | None, Meeting], bool]


def with_meeting(
    *, may: Rule, even_closed: bool = False
) -> Callable[[Callable[Concatenate[Meeting, P], ResponseReturnValue]], View]:
    """Hand the view the meeting at `slug`. Not there and not yours look the same: 404.

    A visitor who asks for a page of a published meeting that needs a role is sent to sign in and comes back.
    Of a meeting that is closed nothing is changed, but by a view that says `even_closed`.
    """

    def decorate(view: Callable[Concatenate[Meeting, P], ResponseReturnValue]) -> View:
        @wraps(view)
        def opened(slug: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            meeting, person = meeting_at(slug), current_person()
            if meeting is None or not may(person, meeting):
                if person is None and meeting is not None and see_meeting(None, meeting):
                    return ask_to_sign_in()
                abort(404)
            if meeting.closed_at is not None and request.method in UNSAFE and not even_closed:
                raise Refused(_("This meeting is closed, so nothing of it changes. Its organizers can open it again."))
            made_of(meeting.id, meeting.version)
            return view(meeting, *args, **kwargs)

        return open_to(may, opened)

    return decorate


def with_row(
    found: Callable[[Meeting, int], Row | None], *, may: Rule, even_closed: bool = False
) -> Callable[[Callable[Concatenate[Row, P], ResponseReturnValue]], View]:
    """Hand the view what the meeting at `slug` has under `number`; else as with_meeting."""

    def decorate(view: Callable[Concatenate[Row, P], ResponseReturnValue]) -> View:
        @wraps(view)
        def opened(meeting: Meeting, /, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            row = found(meeting, int(str(kwargs.pop("number"))))
            return abort(404) if row is None else view(row, *args, **kwargs)

        return with_meeting(may=may, even_closed=even_closed)(opened)

    return decorate


def opens(endpoint: str, meeting: Meeting) -> bool:
    """Whether whoever asks may open this page of the meeting: a tab that would answer 404 is not shown."""
    rule = getattr(current_app.view_functions[endpoint], "open_to_rule", None)
    if rule is None:
        return False
    answers = g.setdefault("opens", {})
    known = (rule.__name__, meeting.id)
    if known not in answers:
        answers[known] = rule(current_person(), meeting)
    return bool(answers[known])
