"""Every route says who it is open to; a route that does not say is closed."""

from collections.abc import Callable
from typing import Any

from flask import Flask, abort, current_app, request

Rule = Callable[..., bool]
View = Callable[..., Any]


def open_to(rule: Rule, view: View) -> View:
    """Write on the view who it is open to. The gate that wraps the view asks the rule."""
    view.open_to = rule.__name__  # type: ignore[attr-defined]
    view.open_to_rule = rule  # type: ignore[attr-defined]
    return view


def anyone() -> bool:
    """Whoever asks: pages that are for the whole world, and links that carry their own proof."""
    return True


def for_anyone(view: View) -> View:
    """Declare a view open to the whole world."""
    return open_to(anyone, view)


def rule_of(app: Flask, endpoint: str) -> str | None:
    """The name of the rule that this endpoint declares, None where it declares none."""
    return getattr(app.view_functions[endpoint], "open_to", None)


class Gate:
    """Closes every route that does not declare its rule."""

    def init_app(self, app: Flask) -> None:
        app.before_request(close_undeclared)


def close_undeclared() -> None:
    """Answer 404 for a route nobody opened; the house tests say which one it was."""
    endpoint = request.endpoint
    if endpoint and endpoint != "static" and not rule_of(current_app, endpoint):
        abort(404)
