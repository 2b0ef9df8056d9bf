"""Requests for a place: counted and taken down. What is usual is, before a request is made of it; docs/decisions/0012.

When registration opens, hundreds send the form at once. Nearly all of them send it without a fault and without a file.
Whatever else is sent goes on to the application as if nobody had looked at it, and nothing of it is kept here.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from io import BytesIO
from typing import Any

from flask import Flask, current_app
from flask_babel import force_locale
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, TooManyRequests
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header
from werkzeug.utils import redirect

from eventapp.agenda.shelf import language_of
from eventapp.bodies import NUL, are_its_parts, is_broken, is_whole
from eventapp.clock import now
from eventapp.cookies import RememberedSessions, Tokens
from eventapp.headers import LINES, PRIVATE, STAY_SECURE
from eventapp.people.addresses import address_of
from eventapp.people.limits import allow_all, host_of
from eventapp.refusal import Refused
from eventapp.registration.asking import register
from eventapp.registration.forms import RegistrationForm
from eventapp.registration.fresh import OURS
from eventapp.registration.models import Upload
from eventapp.registration.offers import Offer, offer_at
from eventapp.rows import aside, in_a_crowd
from eventapp.tokens import hashed, secret

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]
Typed = MultiDict[str, str]

HOUR = timedelta(hours=1)
MOST_TO_ONE_ADDRESS = 6
PLACE = re.compile(r"/meetings/([A-Za-z0-9-]+)/registration")
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
LONGEST = 1 << 16  # bytes of a form without files


def take_down(
    offer: Offer, form: RegistrationForm, *, host: str, language: str, at: datetime, files: Sequence[Upload] = ()
) -> bool:
    """Count this try and take down what was asked; False, and nothing but the count, where there were too many."""
    if not within_limits("register", form.email.data, host=host, at=at):
        return False
    key = form.key.data or secret()
    register(offer.meeting, form.application(), key=key, at=at, language=language, files=files)
    return True


def within_limits(what: str, email: str, *, host: str, at: datetime) -> bool:
    """Count this try for its address and for its host; the host is the socket's, never a header's."""
    counted = {
        f"{what} {hashed(address_of(email))}": MOST_TO_ONE_ADDRESS,
        f"{what} from {host_of(host)}": current_app.config["REGISTRATIONS_PER_HOUR"],
    }
    return allow_all(counted, per=HOUR, at=at)


class Intake:
    """The extension: stands in front of the application, as the shelf does."""

    def init_app(self, app: Flask) -> None:
        """Take requests down in front; not where the clock was moved or templates may change meanwhile."""
        if not (app.config["CLOCK_OFFSET"] or app.debug):
            app.wsgi_app = Front(app, app.wsgi_app)  # type: ignore[method-assign]


class Front:
    """The application with the intake before it."""

    def __init__(self, flask: Flask, app: App) -> None:
        self.flask, self.app, self.tokens = flask, app, Tokens(flask)
        most = flask.config["MAX_FORM_MEMORY_SIZE"], flask.config["MAX_FORM_PARTS"]
        self.parser = FormDataParser(max_form_memory_size=most[0], max_form_parts=most[1])
        self.answer_for = lru_cache(maxsize=64)(self.drawn_for)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        place = PLACE.fullmatch(environ["PATH_INFO"])
        if place is None or not is_usual(environ):
            return self.app(environ, start_response)
        length = int(environ["CONTENT_LENGTH"])
        body = environ["wsgi.input"].read(length)
        if len(body) == length and self.is_taken_down(place[1], body, environ):
            lines, page = self.answer_for(place[1])
            start_response("303 SEE OTHER", [*lines])
            return [page]
        environ["wsgi.input"] = BytesIO(body)
        return self.app(environ, start_response)

    def is_taken_down(self, slug: str, body: bytes, environ: Environ) -> bool:
        """Whether this is a usual request, now kept and committed; of everything else nothing is kept."""
        sessions = self.flask.session_interface
        if not isinstance(sessions, RememberedSessions):
            return False
        session = sessions.session_in(environ, self.flask.config["SESSION_COOKIE_NAME"])
        typed = None if session.keys() - OURS else self.typed(body, environ["CONTENT_TYPE"])
        if typed is None or not self.tokens.prove(typed.get("csrf_token", ""), session):
            return False
        language = language_of(environ.get("HTTP_COOKIE", ""), environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        with self.flask.app_context(), force_locale(language):
            return is_kept(slug, typed, host=environ.get("REMOTE_ADDR", ""), language=language)

    def typed(self, body: bytes, content_type: str) -> Typed | None:
        """What was typed; None where there is a file with it, or anything that the application looks at closely."""
        kind, options = parse_options_header(content_type)
        boundary = options.get("boundary", "")
        sound = bool(boundary) and is_whole(body, boundary) if kind == MULTIPART else not is_broken(body)
        if not sound:
            return None
        try:
            _rest, typed, files = self.parser.parse(BytesIO(body), kind, len(body), options)
        except (HTTPException, ValueError):
            return None
        for sent in files.values():
            sent.close()
        fields, names = list(typed.items(multi=True)), [name for name, _file in files.items(multi=True)]
        if kind == MULTIPART and not are_its_parts(fields, names, body, boundary):
            return None
        has_file = any(sent.filename for sent in files.values())
        return None if has_file or any(NUL in word for field in fields for word in field) else typed

    def drawn_for(self, slug: str) -> tuple[list[tuple[str, str]], bytes]:
        """The answer to everybody at this meeting, as the application gives it."""
        answer = redirect(f"/meetings/{slug}/registration/done", 303)
        secure = [STAY_SECURE] if self.flask.config["BASE_URL"].startswith("https://") else []
        vary = ("Vary", "Accept-Encoding, Cookie")
        return [*answer.headers.to_wsgi_list(), vary, *LINES, *secure, PRIVATE], answer.get_data()


def is_kept(slug: str, typed: Mapping[str, str], *, host: str, language: str) -> bool:
    """Take the request down where it is in time and without a fault."""
    at = now()
    try:
        with aside() as ask:
            offer = offer_at(slug, ask)
        if offer is None or offer.meeting.published_at is None:
            return False
        form = RegistrationForm(typed, meeting=offer)
        if not form.validate() or form.faults:
            return False
        in_a_crowd(lambda: counted(take_down(offer, form, host=host, language=language, at=at)))
    except (TooManyRequests, Refused, OperationalError, PoolTimeout):
        return False  # the application says so
    return True


def counted(allowed: bool) -> None:  # noqa: FBT001 -- what was counted
    """Go no further where there were too many tries; nothing is kept then, and the application counts this one."""
    if not allowed:
        raise TooManyRequests


def is_usual(environ: Environ) -> bool:
    """Whether this looks like a form without files, sent by a browser from its page."""
    length = environ.get("CONTENT_LENGTH") or ""
    return (
        environ["REQUEST_METHOD"] == "POST"
        and environ.get("CONTENT_TYPE", "").partition(";")[0] in (URLENCODED, MULTIPART)
        and not environ.get("QUERY_STRING")
        and not environ.get("SCRIPT_NAME")
        and length.isascii()
        and length.isdecimal()
        and int(length) <= LONGEST
    )
