"""The counter: usual readings are answered here, before a request is made of them; docs/decisions/0011.

Whatever is not usual, and whatever has to be refused, goes on to the application as if nobody had looked at it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hmac import compare_digest
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask
from itsdangerous import BadSignature
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from eventapp.agenda.shelf import language_of
from eventapp.checkin.actions import scan_quickly
from eventapp.checkin.gate import keeper_at
from eventapp.checkin.models import ALREADY
from eventapp.checkin.reading import Reading, reading_in
from eventapp.checkin.verdicts import worded
from eventapp.clock import now
from eventapp.cookies import TOKEN_SALT, RememberedSessions
from eventapp.db import db
from eventapp.headers import LINES, PRIVATE, STAY_SECURE
from eventapp.meetings.models import ORGANIZER
from eventapp.people.current import proof_of
from eventapp.seals import TimedSealer
from eventapp.tokens import hashed

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]

PLACE = re.compile(r"/meetings/([A-Za-z0-9-]+)/door/([A-Za-z0-9-]+)/scans")
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
LONGEST = 4096  # bytes of a reading


class Counter:
    """The extension: stands in front of the application, as the shelf does."""

    def init_app(self, app: Flask) -> None:
        """Put the counter in front; not where development has moved the clock, for it asks the clock itself."""
        if not app.config["CLOCK_OFFSET"]:
            with app.app_context():
                app.wsgi_app = Front(app, app.wsgi_app, db.engine)  # type: ignore[method-assign]


class Front:
    """The application with the counter before it."""

    def __init__(self, flask: Flask, app: App, engine: Engine) -> None:
        self.flask, self.app = flask, app
        self.pen = engine.execution_options(writes=True)
        self.cookie = flask.config["SESSION_COOKIE_NAME"]
        self.tokens = TimedSealer(flask.config["SECRET_KEY"], salt=TOKEN_SALT)
        self.hashed = lru_cache(maxsize=1024)(self.hash_of)
        self.unsealed = lru_cache(maxsize=1024)(self.tokens.loads)  # a forged one raises, and is not kept

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        place = PLACE.fullmatch(environ["PATH_INFO"])
        if place is None or not is_usual(environ):
            return self.app(environ, start_response)
        length = int(environ["CONTENT_LENGTH"])
        body = environ["wsgi.input"].read(length)
        said = self.answer(place[1], place[2], body, environ) if len(body) == length else None  # or the line was cut
        if said is None:
            environ["wsgi.input"] = BytesIO(body)
            return self.app(environ, start_response)
        start_response("200 OK", [*self.headers(), ("Content-Length", str(len(said)))])
        return [said]

    def answer(self, slug: str, gate: str, body: bytes, environ: Environ) -> bytes | None:
        """The verdict on a usual reading, kept and committed; None for everything else, of which nothing is kept."""
        typed, session = fields_of(body), self.session_of(environ)
        if typed is None or not self.is_ours(typed, session):
            return None
        reading = reading_in(typed)
        if reading is None:
            return None
        language = language_of(environ.get("HTTP_COOKIE", ""), environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        said = self.read(str(session["_user_id"]), slug, gate, reading, language)
        return self.flask.json.dumps(said).encode() if said else None

    def read(self, secret: str, slug: str, gate: str, reading: Reading, language: str) -> dict[str, Any] | None:
        """One look and one row, in one transaction; the verdict in words, None where this is not a usual reading."""
        at = now()
        proof = proof_of(self.hashed(secret), self.flask.config, at=at)
        try:
            with self.pen.begin() as ask:
                found = keeper_at(ask, proof, slug, gate, reading, at=at)
                if found is None:
                    return None
                standing, spot, card = found
                answer = scan_quickly(ask, spot, card, reading, by=standing.person, at=at)
        except OperationalError:
            return None  # somebody holds the pen: the application waits for it once more, and says so if it must
        if answer is None or (answer.verdict == ALREADY and standing.holds(ORGANIZER)):
            return None  # an organizer is shown the way to a new badge; the key brings the same verdict
        return worded(answer, spot, language)

    def hash_of(self, secret: str) -> str:
        """As sign-ins are kept; its key is the application's."""
        with self.flask.app_context():
            return hashed(secret)

    def session_of(self, environ: Environ) -> Mapping[str, Any]:
        """What this browser's cookie says, nothing where it is forged or too old: asked of Flask's own sessions."""
        sessions = self.flask.session_interface
        return sessions.session_in(environ, self.cookie) if isinstance(sessions, RememberedSessions) else {}

    def is_ours(self, typed: Mapping[str, str], session: Mapping[str, Any]) -> bool:
        """Whether one of our pages sent this, for somebody who signed in: what Flask-WTF asks, and no less."""
        sealed, known = typed.get("csrf_token", ""), session.get("csrf_token")
        if "_user_id" not in session or not isinstance(known, str):
            return False
        try:
            return compare_digest(known, str(self.unsealed(sealed)))
        except BadSignature:
            return False

    def headers(self) -> list[tuple[str, str]]:
        """Those of every answer, for nobody but this browser."""
        https = self.flask.config["BASE_URL"].startswith("https://")
        return [("Content-Type", JSON), *LINES, PRIVATE, ("Vary", "Cookie"), *([STAY_SECURE] if https else [])]


def is_usual(environ: Environ) -> bool:
    """Whether this looks like what the module of the page sends, and not too long to be one."""
    length = environ.get("CONTENT_LENGTH") or ""
    return (
        environ["REQUEST_METHOD"] == "POST"
        and JSON in environ.get("HTTP_ACCEPT", "")
        and environ.get("CONTENT_TYPE", "").partition(";")[0] == FORM
        and not environ.get("QUERY_STRING")
        and length.isascii()
        and length.isdecimal()
        and int(length) <= LONGEST
    )


def fields_of(body: bytes) -> dict[str, str] | None:
    """What was sent, each field once; None where it is not plain."""
    if not body.isascii():
        return None
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        return None
    typed = dict(pairs)
    return typed if len(typed) == len(pairs) else None
