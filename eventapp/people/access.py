"""The way a view learns who is asking, where no meeting is at stake."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.web.access import View, open_to
from eventapp.people.current import current_person, half_in
from eventapp.people.models import Person

P = ParamSpec("P")
PersonRule = Callable[[Person | None], bool]


def with_person(*, may: PersonRule) -> Callable[[Callable[Concatenate[Person, P], ResponseReturnValue]], View]:
    """Hand the view the person who asks. A visitor is asked to sign in; anybody else is told 404."""

    def decorate(view: Callable[Concatenate[Person, P], ResponseReturnValue]) -> View:
        @wraps(view)
        def opened(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            person = current_person()
            if person is None:
                return ask_to_sign_in()
            if not may(person):
                abort(404)
            return view(person, *args, **kwargs)

        return open_to(may, opened)

    return decorate


def ask_to_sign_in(**_: object) -> ResponseReturnValue:
    """To the sign-in page and back for somebody who reads, or on to the second factor; 404 for anything else."""
    if request.method not in ("GET", "HEAD"):
        abort(404)
    if half_in():
        return redirect(url_for("second_factor.show", next=request.full_path.rstrip("?")))
    return redirect(url_for("people.new", next=request.full_path.rstrip("?")))
