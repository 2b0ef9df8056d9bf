"""Who may read how the application does: a program of one's own, never a visitor."""

import hmac
from functools import wraps
from ipaddress import ip_address

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue

from eventapp.ground.web.access import View, open_to

# What a proxy writes: behind one on the same machine, every visitor of the world comes from 127.0.0.1.
FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP")


def watch() -> bool:
    """Whoever shows METRICS_TOKEN as a bearer; where none is set, programs on this machine that ask without a proxy."""
    token = current_app.config["METRICS_TOKEN"]
    if token:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(shown.encode(), token.encode())
    return not any(name in request.headers for name in FORWARDED) and is_here(request.remote_addr or "")


def is_here(address: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def for_watchers(view: View) -> View:
    """Open a view to who may watch; for all others it is not there."""

    @wraps(view)
    def opened(*args: object, **kwargs: object) -> ResponseReturnValue:
        if not watch():
            abort(404)
        return view(*args, **kwargs)

    return open_to(watch, opened)
