"""Who may give a second factor, and who may change their own."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.web.access import View, open_to
from eventapp.people.access import ask_to_sign_in
from eventapp.people.current import current_person, half_in
from eventapp.people.models import Person
from eventapp.people.rules import be_signed_in, owe_second_factor

P = ParamSpec("P")
PersonView = Callable[Concatenate[Person, P], ResponseReturnValue]


def for_half_in(view: PersonView[P]) -> View:
    """Hand the view the person whose browser has still to give the second factor; others are led on."""

    @wraps(view)
    def opened(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        person = half_in()
        if person is not None:
            return view(person, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("people.new", next=request.args.get("next", "/")))
        return abort(404)

    return open_to(owe_second_factor, opened)


def with_own_devices(view: PersonView[P]) -> View:
    """Hand the view the person who is signed in, or who is let in no farther than here to set a second factor up."""

    @wraps(view)
    def opened(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        person = current_person() or setting_up()
        return view(person, *args, **kwargs) if person else ask_to_sign_in()

    return open_to(be_signed_in, opened)


def setting_up() -> Person | None:
    """Who has to have a second factor and has none yet; None for everybody else."""
    person = half_in()
    return person if person and person.second_factor_since is None else None
