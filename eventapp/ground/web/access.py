"""Every route says who it is open to; a route that does not say is closed."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from eventapp.ground.web.request_bodies import UNSAFE

Rule = Callable[..., bool]
View = Callable[..., ResponseReturnValue]


def open_to(rule: Rule, view: View) -> View:
    """Write on the view who it is open to. The gate that wraps the view asks the rule."""
    view.open_to = rule.__name__  # type: ignore[attr-defined]
    view.open_to_rule = rule  # type: ignore[attr-defined]
    return view


def anyone() -> bool:
    """Whoever asks."""
    return True


def for_anyone(view: View) -> View:
    """Declare a view open to the whole world."""
    return open_to(anyone, view)


def hold_link() -> bool:
    """Whoever holds a secret link that was sent to them; a link made for something else is 404."""
    return True


def for_link_holder(view: View) -> View:
    """Declare a view whose address is its own proof; the view or its gate reads the link."""
    return open_to(hold_link, view)


def develop() -> bool:
    """Everybody in development, nobody elsewhere."""
    return bool(current_app.config["DEVELOPMENT"])


def for_development(view: View) -> View:
    """Open a view in development only; elsewhere it is not there."""

    @wraps(view)
    def opened(*args: object, **kwargs: object) -> ResponseReturnValue:
        if not develop():
            abort(404)
        return view(*args, **kwargs)

    return open_to(develop, opened)


def reads_body(view: View) -> View:
    """Let this view, which programs post to, have a body that is no form (request_bodies.py)."""
    view.reads_body = True  # type: ignore[attr-defined]
    return view


def rule_of(app: Flask, endpoint: str) -> str | None:
    """The name of the rule that this endpoint declares, None where it declares none."""
    return getattr(app.view_functions[endpoint], "open_to", None)


class Gate:
    """Closes every route that does not declare its rule; an address that is its own proof is told to no other page."""

    def init_app(self, app: Flask) -> None:
        app.before_request(close_undeclared)
        app.before_request(refuse_foreign)
        app.after_request(keep_secret)
        app.jinja_env.globals["is_secret"] = is_secret


def close_undeclared() -> None:
    """Answer 404 for a route nobody opened; the house tests say which one it was."""
    endpoint = request.endpoint
    if endpoint and endpoint != "static" and not rule_of(current_app, endpoint):
        abort(404)


def refuse_foreign() -> None:
    """400 where a browser says that a page of another site sent this form, whatever token it has.

    A page with a secret address names no origin ("null"); there the browser's Sec-Fetch-Site still tells.
    """
    if request.method not in UNSAFE:
        return
    site, origin = request.headers.get("Sec-Fetch-Site", "none"), request.headers.get("Origin", "null")
    ours = (request.host, urlsplit(current_app.config["BASE_URL"]).netloc.lower())
    if site not in ("same-origin", "none") or (origin != "null" and urlsplit(origin).netloc not in ours):
        abort(400)


def keep_secret(answer: Response) -> Response:
    """Have browsers tell nobody, our other pages included, that a reader came from a secret link."""
    if is_secret():
        answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def is_secret() -> bool:
    """Whether the address that was asked for is its own proof."""
    return bool(request.endpoint) and rule_of(current_app, str(request.endpoint)) == hold_link.__name__


def loggable_path() -> str:
    """The path that was asked for, as a log may tell it; of one that leads nowhere its beginning.

    A mailed link that was cut, or got something behind it, leads nowhere too.
    """
    if not request.url_rule:
        return f"/{request.path.split('/')[1]}/…" if request.path.count("/") > 1 else "/…"
    return str(request.url_rule) if is_secret() else request.path
