"""The way a view gets a session that somebody edits by a part in it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import abort, request
from flask.typing import ResponseReturnValue

from eventapp.agenda.rights.queries import Opened, opened_to
from eventapp.agenda.rights.rules import edit_session
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.web.access import View, open_to
from eventapp.ground.web.request_bodies import UNSAFE
from eventapp.meetings.queries import meeting_at
from eventapp.meetings.rules import see_meeting
from eventapp.people.access import ask_to_sign_in
from eventapp.people.current import current_person

P = ParamSpec("P")


def with_session_to_edit(
    *rights: str,
) -> Callable[[Callable[Concatenate[Opened, P], ResponseReturnValue]], View]:
    """Hand the view the session at `slug` and `code` where whoever asks has one of these rights in it.

    Not there and not yours look the same: 404. A visitor is asked to sign in and comes back. Of a meeting that is
    closed nothing is changed.
    """

    def decorate(view: Callable[Concatenate[Opened, P], ResponseReturnValue]) -> View:
        @wraps(view)
        def opened(slug: str, code: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            meeting, person = meeting_at(slug), current_person()
            found = opened_to(person, meeting, code) if meeting and person else None
            if meeting is None or not see_meeting(person, meeting):
                abort(404)
            if found is None or not found.rights & set(rights):
                return abort(404) if person else ask_to_sign_in()
            if meeting.closed_at is not None and request.method in UNSAFE:
                raise Refused(_("This meeting is closed, so nothing of it changes. Its organizers can open it again."))
            return view(found, *args, **kwargs)

        return open_to(edit_session, opened)

    return decorate
