"""The meeting that the browser looks at, and who looks at it."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from flask import Flask
from playwright.sync_api import BrowserContext, Page
from werkzeug.serving import BaseWSGIServer, make_server

from eventapp.ground.clock import now
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD
from eventapp.people.models import Person
from eventapp.registration.entry import own_token
from tests import make
from tests.browserless import PageClient
from tests.make_record import recorded

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

TRIES = 600
VISITOR, PARTICIPANT = "visitor", "participant"


@runtime_checkable
class Closes(Protocol):
    def close(self) -> None: ...


@dataclass
class Plug:
    """The server and the wire to it. Pulled, every request is dropped without an answer, whatever the browser believes."""

    app: Flask
    pulled: bool = False
    port: int = 0
    server: BaseWSGIServer | None = None

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if self.pulled:
            raise ConnectionResetError
        return closed_at_its_end(self.app(environ, start_response))

    def start(self) -> None:
        self.server = make_server("127.0.0.1", self.port, self, threaded=True)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        assert self.server
        self.server.shutdown()
        self.server.server_close()


def closed_at_its_end(answer: Iterable[bytes]) -> Iterator[bytes]:
    """This answer, closed once it was said: the test server forgets to when the browser hung up meanwhile, and its file stays open."""
    try:
        yield from answer
    finally:
        if isinstance(answer, Closes):
            answer.close()


@dataclass
class Site:
    """Where the application runs, the session cookie of each role, and what stands in its addresses."""

    app: Flask
    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    plug: Plug | None = None

    @contextmanager
    def cut_off(self, context: BrowserContext) -> Iterator[None]:
        """No network inside: the browser is told so, and the server answers nobody. Chromium alone leaks at a reload."""
        assert self.plug
        context.set_offline(True)
        self.plug.pulled = True
        try:
            yield
        finally:
            self.plug.pulled = False
            context.set_offline(False)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """The server is not running inside, and is started again afterwards."""
        assert self.plug
        self.plug.stop()
        try:
            yield
        finally:
            self.plug.start()

    def enter(self, context: BrowserContext, role: str) -> None:
        """Sign this browser in as somebody of that role; a visitor stays one."""
        if role != VISITOR:
            context.add_cookies([{"name": "session", "value": self.cookies[role], "url": self.address}])

    def path_of(self, endpoint: str) -> str:
        """The address of this page of the sample meeting."""
        with self.app.test_request_context():
            rule = next(rule for rule in self.app.url_map.iter_rules(endpoint) if "GET" in (rule.methods or ()))
            values = {name: self.values.get(f"{endpoint}:{name}", self.values.get(name)) for name in rule.arguments}
            return str(rule.build(values, append_unknown=False)[1]) if values else rule.rule  # type: ignore[index]


def filled(app: Flask, address: str) -> Site:
    """A meeting with a session, people and their work, as the sample of every page."""
    site = Site(app, address)
    at = now()
    day = at.date() + timedelta(days=14)
    meeting = make.meeting(
        starts_on=day,
        ends_on=day,
        registration_opens_at=at - timedelta(days=9),
        registration_closes_at=at + timedelta(days=7),
        published_at=at - timedelta(days=9),
    )
    registration = make.registration(meeting, record_name="Anong Suksawat", own_name="อนงค์ สุขสวัสดิ์", own_language="th")
    people = {PARTICIPANT: registration.person} | {
        role: make.staff(meeting, role) for role in (ORGANIZER, RAPPORTEUR, STEWARD)
    }
    people["administrator"] = make.administrator()
    site.values = {
        "person": registration.person_id,
        "slug": meeting.slug,
        "token": own_token(registration),
        "link": "x" * 43,
    }
    site.values |= recorded(meeting, people[RAPPORTEUR])
    for role, person in people.items():
        site.cookies[role] = session_cookie(app, person)
    return site


def until(page: Page, holds: str, about: Any = None) -> None:
    """Ask the page until what this script answers is true, for 30 seconds at most.

    Playwright's `wait_for_function` takes a promise for true whatever it ends in, and asks the page to evaluate a
    text again where it is no function, which its policy forbids.
    """
    for _try in range(TRIES):
        if page.evaluate(holds, about):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"It never became true: {holds}")


def session_cookie(app: Flask, person: Person) -> str:
    client = PageClient(app)
    client.sign_in(person)
    cookie = client.get_cookie("session")
    assert cookie is not None
    return cookie.value
