"""The only way a view that reads badges gets its gate: by saying who may read there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import abort
from flask.typing import ResponseReturnValue

from eventapp.checkin.labels import Spot, spot_at
from eventapp.ground.web.access import View, open_to
from eventapp.meetings.queries import Numbered
from eventapp.people.current import current_person
from eventapp.people.models import Person

P = ParamSpec("P")
Rule = Callable[[Person | None, Numbered], bool]
Reader = Callable[Concatenate[Spot, Person, P], ResponseReturnValue]


def with_gate(*, may: Rule) -> Callable[[Reader[P]], View]:
    """Hand the view the gate with this code at the meeting with this address, and who asks. Anything else is 404.

    A queue of people waits for the answer, so the gate is read as values, in one statement.
    """

    def decorate(view: Reader[P]) -> View:
        @wraps(view)
        def opened(slug: str, gate: str, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            spot, person = spot_at(slug, gate), current_person()
            if spot is None or person is None or not may(person, spot.meeting):
                abort(404)
            return view(spot, person, *args, **kwargs)

        return open_to(may, opened)

    return decorate
