"""In front of the whole application, the page cache too: each request gets an id, is timed, counted and logged."""

from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import Protocol

from flask import Flask, request, request_started

from eventapp.ground.db import db
from eventapp.ground.freed import give_back
from eventapp.ground.web.access import loggable_path
from eventapp.ground.web.requests import log, numbers
from eventapp.ground.web.requests.facts import FACTS, Facts, id_of
from eventapp.ground.web.requests.shared_caches import is_shared

CACHED, NOWHERE = "page cache", "no address"
HEADER = "X-Request-Id"
LARGE = 0.05  # seconds: whatever took longer may have filled megabytes that nobody needs any more
Environ = dict[str, object]
Headers = list[tuple[str, str]]
Start = Callable[..., Callable[[bytes], object]]


class App(Protocol):
    """What answers, as WSGI has it (PEP 3333)."""

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]: ...


class Requests:
    """The extension: what each process tells of its requests."""

    def init_app(self, app: Flask) -> None:
        """Set up the log, and have the connections of the database counted."""
        request_started.connect(note, app)
        log.set_up(app)
        with app.app_context():
            numbers.watch_pool(db.engine)


class RequestWatch:
    """The extension: stands in front of the page cache."""

    def init_app(self, app: Flask) -> None:
        """Count and log from here on; what was there before answers."""
        app.wsgi_app = Watched(app.wsgi_app, app.config["TRUSTED_PROXIES"])  # type: ignore[method-assign]


def note(_app: Flask) -> None:
    """Keep what the log and the numbers say of this request; before the first thing that may refuse it."""
    facts: Facts | None = request.environ.get(FACTS)
    if facts:
        facts.feature, facts.endpoint = request.blueprint or NOWHERE, request.endpoint or NOWHERE
        facts.path = loggable_path()


class Watched:
    """The application with its watch in front."""

    def __init__(self, app: App, proxies: int) -> None:
        self.app, self.proxies = app, proxies

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        facts = Facts(id_of(str(environ.get("HTTP_X_REQUEST_ID", "")), self.proxies))
        environ[FACTS] = facts
        started, status = perf_counter(), ""

        def start(line: str, headers: Headers, *fault: object) -> Callable[[bytes], object]:
            nonlocal status
            status = line
            own = [] if is_shared(headers) else [(HEADER, facts.id)]  # others do not get the id of this request
            return start_response(line, [*headers, *own], *fault)

        parts = self.app(environ, start)
        return Answer(parts, lambda: finish(facts, environ, status, perf_counter() - started))


class Answer:
    """The parts of an answer; says when the server has taken the last one, or gave up."""

    def __init__(self, parts: Iterable[bytes], at_end: Callable[[], None]) -> None:
        self.parts, self.at_end = parts, at_end

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.parts)

    def close(self) -> None:
        """PEP 3333: every server calls it, whatever happened."""
        try:
            if hasattr(self.parts, "close"):
                self.parts.close()
        finally:
            self.at_end()


def finish(facts: Facts, environ: Environ, status: str, seconds: float) -> None:
    """Count the request that was answered, and give it its line in the log; give back the memory that it took."""
    if seconds > LARGE:
        give_back()
    method = str(environ["REQUEST_METHOD"])
    numbers.count(facts.feature or CACHED, method, status, seconds)
    line = {
        "request": facts.id,
        "method": method,
        "path": facts.path or environ["PATH_INFO"],  # those of the page cache hold no secret
        "endpoint": facts.endpoint or CACHED,
        "status": int(status[:3] or 0),
        "ms": round(seconds * 1000, 1),
    }
    log.REQUESTS.info("answered", extra=line)
