"""Do it, or say no on the same page: the way from a view to an action."""

from collections.abc import Callable
from typing import TypeVar

from flask import redirect
from flask.typing import ResponseReturnValue

from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.ground.web.forms import Form
from eventapp.ground.web.redraw.state import refuse_to_act

T = TypeVar("T")


def attempt(form: Form, act: Callable[[], T]) -> T | None:
    """Do this in a transaction and return what it made. Where the domain refuses, nothing was done: the sentence
    is above the form or beside its field, `form.refused` is the refusal, and the answer is None.
    """
    refuse_to_act()
    try:
        with transaction():
            return act()
    except Refused as refusal:
        form.refuse(refusal)
    return None


def attempt_apart(form: Form, act: Callable[[], T]) -> T | None:
    """Do what works by itself without a lock and opens its own transaction at the end; refused, it is as above."""
    refuse_to_act()
    try:
        return act()
    except Refused as refusal:
        form.refuse(refusal)
    return None


def refusal_from(act: Callable[[], object]) -> str:
    """Do this in a transaction. The sentence of what the domain refused, "" where it was done."""
    form = Form()
    attempt(form, act)
    return form.refusal


def answered(
    form: Form, save: Callable[[], None], again: Callable[[int], ResponseReturnValue], there: str
) -> ResponseReturnValue:
    """Save what is sound and go there; show what is not, as it was typed."""
    if not form.validate():
        return again(422)
    attempt(form, save)
    if form.refused:
        return again(409)
    return redirect(there, 303)


def pressed(act: Callable[[], object], again: Callable[[Form], str], there: str) -> ResponseReturnValue:
    """Do what a button says and go there; refused, show the page again with a form that says why, as 409."""
    form = Form()
    attempt(form, act)
    return (again(form), 409) if form.refused else redirect(there, 303)
