"""Flask without what this application does not need: no coroutines, no address compiled that nobody asks for."""

from collections.abc import Callable
from functools import cache
from typing import Any

from flask import Flask
from werkzeug.routing import Rule


class LateRule(Rule):
    """A rule that learns how its addresses are written when the first one is asked of it.

    Werkzeug compiles two functions for each rule when it is added: a tenth of the start.
    Where a later Werkzeug asks for them in another way, this is not called, and only the start is slower.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002
        made = cache(super()._compile_builder)

        def written(rule: Rule, /, **values: str) -> tuple[str, str]:
            return made(append_unknown)(rule, **values)

        return written


class App(Flask):
    """Flask for views that are plain functions: nothing here is a coroutine, and Flask need not look each time."""

    url_rule_class = LateRule

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself, as it is."""
        return func
