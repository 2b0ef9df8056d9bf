"""Pages for when something is not there, not allowed, too much, or broken. One sentence says what to do next."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import ObjectDeletedError
from werkzeug.exceptions import HTTPException, NotFound, ServiceUnavailable
from werkzeug.routing import RequestRedirect

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.web.access import loggable_path
from eventapp.ground.web.requests.facts import new_id, request_id

PAGES = {
    HTTPStatus.BAD_REQUEST: "bad_request",
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "form_only",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
    HTTPStatus.TOO_MANY_REQUESTS: "too_many",
    HTTPStatus.SERVICE_UNAVAILABLE: "busy",
}
BUSY_SECONDS = 5
HOLDS_SENT_FILES = "sent files"  # the extension that holds files of a form that was refused (eventapp/drafts/held)
SENT_FILES = "sent_files"  # the field with which such a form is sent again


def init_app(app: Flask) -> None:
    app.before_request(stay_here)
    app.log_exception = log_broken  # type: ignore[method-assign]
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(Refused, refusal)
    app.register_error_handler(ObjectDeletedError, lambda _deleted: answer(NotFound()))  # meanwhile, by somebody else
    app.register_error_handler(OperationalError, busy)
    app.register_error_handler(PoolTimeout, busy)
    app.register_error_handler(DBAPIError, lost)
    app.register_error_handler(HTTPStatus.INTERNAL_SERVER_ERROR, broken)


def stay_here() -> None:
    """Complete an address (`/meetings/spring/`) on this site: the host that was asked for is whoever's choice."""
    error = request.routing_exception
    if isinstance(error, RequestRedirect):
        parts = urlsplit(error.new_url)
        error.new_url = urlunsplit(("", "", f"/{parts.path.lstrip('/')}", parts.query, ""))


def answer(error: HTTPException) -> ResponseReturnValue:
    """The page for this error, with its Allow or Retry-After; about a closed door it says no more than 404."""
    if error.response is not None:
        return error.response
    code = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        code = HTTPStatus.NOT_FOUND
    if code < HTTPStatus.BAD_REQUEST:
        return error
    headers = {k: v for k, v in error.get_headers() if k in ("Allow", "Retry-After", "Location")}
    if wants_json():
        return problem(code, str(error.description) if code == HTTPStatus.BAD_REQUEST else ""), int(code), headers
    page = PAGES.get(code, "bad_request" if code < HTTPStatus.INTERNAL_SERVER_ERROR else "error")
    if code == HTTPStatus.SERVICE_UNAVAILABLE:  # not render_template, which would ask the database who is asking
        busy_page = current_app.jinja_env.get_template("errors/busy.html")
        return busy_page.render(error=error, reference=request_id()), int(code), headers
    return render_template(f"errors/{page}.html", error=error, near=page_nearby()), int(code), headers


def page_nearby() -> str:
    """The page to go on from for whoever came back to an address that only takes a form: the form, or what is above.

    A browser that opens a closed tab again does so, and whoever presses Enter in the address of a form with faults.
    """
    parts = request.path.rstrip("/").split("/")
    above = ("/".join(parts[:count]) or "/" for count in range(len(parts), 0, -1))
    return next(address for address in (f"{request.path}/new", *above) if is_page(address))


def is_page(address: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    try:
        return bool(adapter and adapter.match(address, "GET"))
    except RequestRedirect:  # to the same with a stroke at its end
        return True
    except HTTPException:
        return False


def refusal(refused: Refused) -> ResponseReturnValue:
    """The domain's no, where the view had no page to show it on."""
    if wants_json():
        return problem(HTTPStatus.CONFLICT, str(refused)), int(HTTPStatus.CONFLICT)
    return render_template("errors/refused.html", refusal=refused, typed=typed_before(), near=page_nearby()), 409


@dataclass(frozen=True)
class Sent:
    """What came with a form: every field to send again, the texts to be read, where it went."""

    address: str
    fields: list[tuple[str, str]]
    texts: list[str]
    files: list[str]  # the names of those that are held and go along
    has_lost_files: bool


def typed_before() -> Sent:
    """What somebody typed and nobody takes now, to be shown and sent again; what has a blank in it is a text."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", SENT_FILES)]
    texts = [value for _name, value in fields if len(value.split()) > 1 or not value.isascii()]
    form_secret, files = current_app.extensions[HOLDS_SENT_FILES]()
    held = [(SENT_FILES, form_secret)] if files else []
    is_lost = not files and any(sent.filename for sent in request.files.values())
    return Sent(request.full_path.rstrip("?"), [*fields, *held], texts, files, is_lost)


def log_broken(exc_info: Any) -> None:  # it takes the place of Flask's own, whose tuple has three shapes
    """What Flask says of an exception, without the secret in an address."""
    current_app.logger.error("Exception on %s [%s]", loggable_path(), request.method, exc_info=exc_info)


def broken(error: Exception) -> ResponseReturnValue:
    """Our fault. The page and the log share the id of the request; the page asks nothing of the database."""
    reference = request_id() or new_id()
    current_app.logger.error("%s %s broke, reference %s", request.method, loggable_path(), reference)
    if wants_json():
        sentence = _("Something broke on our side. Nothing was saved. Reference %(ref)s.", ref=reference)
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, sentence), HTTPStatus.INTERNAL_SERVER_ERROR
    # not render_template, which would look up who is asking
    page = current_app.jinja_env.get_template("errors/error.html")
    return page.render(reference=reference), HTTPStatus.INTERNAL_SERVER_ERROR


def busy(error: Exception) -> ResponseReturnValue:
    """The database is held by somebody else for longer than we wait, or gone: nothing was saved, so try again."""
    current_app.logger.warning("%s %s found the database busy: %s", request.method, loggable_path(), error)
    return answer(ServiceUnavailable(retry_after=BUSY_SECONDS))


def lost(error: DBAPIError) -> ResponseReturnValue:
    """The database went while it was asked, whatever the driver calls that: as above. Anything else is our fault."""
    if not error.connection_invalidated:
        raise error
    return busy(error)


def wants_json() -> bool:
    """Whether the address itself asked for JSON."""
    return request.path.startswith("/api/") or request.path.endswith(".json")


def problem(code: HTTPStatus, detail: str) -> Response:
    """A problem as RFC 9457 writes it."""
    answer = jsonify(title=code.phrase, status=int(code), **({"detail": detail} if detail else {}))
    answer.mimetype = "application/problem+json"
    return answer
