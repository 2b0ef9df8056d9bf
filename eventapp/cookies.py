"""The session's cookie, as Flask seals it. One that was found genuine is not unsealed again at every request."""

from functools import lru_cache
from time import time
from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature, URLSafeTimedSerializer

REMEMBERED = 1024  # cookies that one process knows


class Cookies:
    """The extension: Flask's sessions, remembered."""

    def init_app(self, app: Flask) -> None:
        app.session_interface = RememberedSessions(app)


class RememberedSessions(SecureCookieSessionInterface):
    """Flask's own sessions in Flask's own cookies; the seal of one cookie is proven once, its age at every request.

    What is remembered is the text inside, read anew each time, so that no request can change another one's session.
    """

    def __init__(self, app: Flask) -> None:
        sealer = super().get_signing_serializer(app)
        if sealer is None:
            raise RuntimeError("Sessions need a SECRET_KEY.")
        self.sealer = sealer
        self.lifetime = app.permanent_session_lifetime.total_seconds()
        self.unsealed = lru_cache(maxsize=REMEMBERED)(self.unseal)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:
        """The one made at the start."""
        return self.sealer

    def unseal(self, cookie: str) -> tuple[str, float]:
        """The text of a genuine cookie and when it was sealed; a forged one raises BadSignature, and is not kept."""
        said, sealed_at = self.sealer.loads(cookie, return_timestamp=True)
        return self.serializer.dumps(said), sealed_at.timestamp()

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session in this browser's cookie; an empty one where that is forged, too old, or from the future."""
        cookie = request.cookies.get(self.get_cookie_name(app))
        return self.session_class(self.said_by(cookie) if cookie else None)

    def said_by(self, cookie: str) -> dict[str, Any]:
        """What is in a cookie; nothing where it is forged, too old, or from the future."""
        try:
            text, sealed_at = self.unsealed(cookie)
        except BadSignature:
            return {}
        age = int(time()) - sealed_at  # by the clock of the seal, which CLOCK_OFFSET does not move
        said: dict[str, Any] = self.serializer.loads(text) if 0 <= age <= self.lifetime else {}
        return said
