"""The session's cookie, as Flask seals it. One that was found genuine is not unsealed again at every request."""

from collections.abc import Mapping
from hmac import compare_digest
from time import time
from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature
from werkzeug.http import dump_cookie, parse_cookie

from eventapp.seals import TimedSealer

TOKEN_SALT = "wtf-csrf-token"  # noqa: S105 -- what Flask-WTF seals its tokens with; another one would only be slower
PLACE = "where-the-session-stands"
REMEMBERED = 1024  # cookies that one process knows


class Tokens:
    """The tokens of forms as Flask-WTF makes and proves them, for what is answered before a request is made of it."""

    def __init__(self, app: Flask) -> None:
        self.sealer = TimedSealer(app.config["SECRET_KEY"], salt=TOKEN_SALT)

    def sealed(self, session: Mapping[str, Any]) -> str:
        """The token for a form on a page of this session."""
        return str(self.sealer.dumps(session["csrf_token"]))

    def prove(self, token: str, session: Mapping[str, Any]) -> bool:
        """Whether a form with this token was on a page of this session."""
        known = session.get("csrf_token")
        if not isinstance(known, str):
            return False
        try:
            return compare_digest(known, str(self.sealer.loads(token)))
        except BadSignature:
            return False


class Cookies:
    """The extension: Flask's sessions, remembered. A form that was open when the key changed is still ours."""

    def init_app(self, app: Flask) -> None:
        keys = [*app.config["SECRET_KEY_FALLBACKS"], app.config["SECRET_KEY"]]  # all of them open, the last one seals
        app.session_interface = RememberedSessions(app, keys)
        app.config["WTF_CSRF_SECRET_KEY"] = keys


class RememberedSessions(SecureCookieSessionInterface):
    """Flask's own sessions in Flask's own cookies; the seal of one cookie is proven once, its age at every request.

    What is remembered is the text inside, read anew each time, so that no request can change another one's session.
    """

    def __init__(self, app: Flask, keys: list[str]) -> None:
        how = {"key_derivation": self.key_derivation, "digest_method": self.digest_method}
        self.sealer = TimedSealer(keys, salt=self.salt, serializer=self.serializer, signer_kwargs=how)
        self.lifetime = app.permanent_session_lifetime.total_seconds()
        self.known: dict[str, tuple[str, float]] = {}
        self.around: list[str] = []

    def get_signing_serializer(self, app: Flask) -> TimedSealer:
        """The one made at the start."""
        return self.sealer

    def unsealed(self, cookie: str) -> tuple[str, float]:
        """The text of a genuine cookie and when it was sealed; a forged one raises BadSignature, and is not kept."""
        found = self.known.get(cookie)
        if found is None:
            said, sealed_at = self.sealer.loads(cookie, return_timestamp=True)
            found = self.remember(cookie, self.serializer.dumps(said), sealed_at.timestamp())
        return found

    def remember(self, cookie: str, text: str, sealed_at: float) -> tuple[str, float]:
        """Know this cookie again; the one known longest makes room."""
        while len(self.known) >= REMEMBERED:
            self.known.pop(next(iter(self.known)), None)
        self.known[cookie] = text, sealed_at
        return text, sealed_at

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

    def session_in(self, environ: dict[str, Any], name: str) -> dict[str, Any]:
        """What this browser's cookie of that name says, before a request is made of it."""
        cookies = environ.get("HTTP_COOKIE", "")
        cookie = parse_cookie(cookies).get(name) if name in cookies else None
        return self.said_by(cookie) if cookie else {}

    def line(self, app: Flask, said: dict[str, Any]) -> tuple[str, str]:
        """The header that gives a browser a session that says this, as Flask writes it."""
        text, now = self.serializer.dumps(said), float(int(time()))
        cookie = self.sealer.seal(text)
        self.remember(cookie, text, now)  # it comes back with the form
        return "Set-Cookie", cookie.join(self.around or self.set_around(app))

    def set_around(self, app: Flask) -> list[str]:
        """What stands before and after a session in its header: the same for all, and written once."""
        line = dump_cookie(
            self.get_cookie_name(app),
            PLACE,
            domain=self.get_cookie_domain(app),
            path=self.get_cookie_path(app),
            secure=self.get_cookie_secure(app),
            httponly=self.get_cookie_httponly(app),
            samesite=self.get_cookie_samesite(app),
        )
        self.around = line.split(PLACE)
        return self.around
