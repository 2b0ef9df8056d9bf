"""Who may say that letters did not arrive: a program of the mail server, never a visitor."""

import hmac
from functools import wraps

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue

from eventapp.ground.web.access import View, open_to


def report_letters() -> bool:
    """Whoever shows MAIL_REPORTS_TOKEN as a bearer; nobody where none is set."""
    token = current_app.config["MAIL_REPORTS_TOKEN"]
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(shown.encode(), token.encode())


def for_reporters(view: View) -> View:
    """Open a view to who may report; for all others it is not there."""

    @wraps(view)
    def opened(*args: object, **kwargs: object) -> ResponseReturnValue:
        if not report_letters():
            abort(404)
        return view(*args, **kwargs)

    return open_to(report_letters, opened)
