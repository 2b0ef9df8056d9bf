"""The empty form handed out before a request is made of it; docs/decisions/0012.

When registration opens, everybody asks for this page at once, and only its two values differ. The page is drawn by the
application (eventapp/registration/fresh.py); what it says is looked up at every asking, so that none is ever old.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from flask import Flask
from flask_compress.compat import compression
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from eventapp.agenda.shelf import language_of
from eventapp.clock import now
from eventapp.cookies import RememberedSessions, Tokens
from eventapp.db import db
from eventapp.headers import LINES, PRIVATE, STAY_SECURE
from eventapp.prepared import asked
from eventapp.registration.fresh import OURS, Pieces, forms_of, question_of
from eventapp.registration.offers import offer_at
from eventapp.tokens import secret

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]

PLACE = re.compile(r"/meetings/([A-Za-z0-9-]+)/registration/new")
CODING = "zstd"  # what Flask-Compress answers every browser of these years with


class FormsInFront:
    """The extension: stands in front of the application, as the shelf does."""

    def init_app(self, app: Flask) -> None:
        """Hand the form out in front; not where templates or the clock may change meanwhile."""
        if not (app.config["CLOCK_OFFSET"] or app.debug):
            with app.app_context():
                app.wsgi_app = Front(app, app.wsgi_app, db.engine)  # type: ignore[method-assign]


class Front:
    """The application with the fresh forms before it."""

    def __init__(self, flask: Flask, app: App, engine: Engine) -> None:
        self.flask, self.app, self.engine = flask, app, engine
        self.tokens = Tokens(flask)
        secure = [STAY_SECURE] if flask.config["BASE_URL"].startswith("https://") else []
        self.lines = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Vary", "Accept-Encoding, Accept-Language, Cookie"),
            *LINES,
            *secure,
            PRIVATE,
        ]

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        place = PLACE.fullmatch(environ["PATH_INFO"])
        if place is None or not is_usual(environ):
            return self.app(environ, start_response)
        sessions = self.flask.session_interface
        if not isinstance(sessions, RememberedSessions):
            return self.app(environ, start_response)
        session = sessions.session_in(environ, self.flask.config["SESSION_COOKIE_NAME"])
        language = language_of(environ.get("HTTP_COOKIE", ""), environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        pieces = None if session.keys() - OURS else self.pieces_of(place[1], language)
        if pieces is None:
            return self.app(environ, start_response)
        headers = [*self.lines, ("Content-Language", language)]
        if "csrf_token" not in session:
            session = {"csrf_token": hashlib.sha1(os.urandom(64)).hexdigest()}  # noqa: S324 -- as Flask-WTF makes them
            headers.append(sessions.line(self.flask, session))
        return self.answer(pieces, session, headers, environ, start_response)

    def pieces_of(self, slug: str, language: str) -> Pieces | None:
        """The page of this meeting as it is now; None where it is not kept, not public, or not the form."""
        try:
            with self.engine.connect() as connection:
                ask = partial(asked, connection)
                offer = offer_at(slug, ask)
                if offer is None or offer.meeting.published_at is None or not offer.takes_registrations(now()):
                    return None
                return forms_of(self.flask).pieces_of(question_of(offer, language, "", ask))
        except OperationalError:
            return None  # the application says so

    def answer(
        self,
        pieces: Pieces,
        session: Mapping[str, Any],
        headers: list[tuple[str, str]],
        environ: Environ,
        start: StartResponse,
    ) -> Iterable[bytes]:
        """The page with a key and a token of this visitor's own."""
        before, between, after = pieces
        page = b"".join((before, self.tokens.sealed(session).encode(), between, secret().encode(), after))
        if environ.get("HTTP_ACCEPT_ENCODING"):
            page = compression.zstd.compress(page, self.flask.config["COMPRESS_ZSTD_LEVEL"])
            headers.append(("Content-Encoding", CODING))
        start("200 OK", [*headers, ("Content-Length", str(len(page)))])
        return [page]


def is_usual(environ: Environ) -> bool:
    """Whether this asks for the page as a browser does, or plainly; else the application knows better."""
    codings = environ.get("HTTP_ACCEPT_ENCODING", "")
    return (
        environ["REQUEST_METHOD"] == "GET"
        and not environ.get("QUERY_STRING")
        and not environ.get("SCRIPT_NAME")
        and (not codings or (CODING in codings.replace(",", " ").split()))
    )
