"""Registering as a browser does it, and the pages of whoever is signed in: CPU of the server and acts a second."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from bench.figures import Figure, at_most
from bench.load import Answer, Browser
from bench.people import Door, acts_a_second, fill_in, hidden, register
from bench.server import BARE, Server, children_of, free_port, serving, settings
from bench.world import OPEN, SMALL, agenda_slug, meeting_named
from eventapp.commands import create_app
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.mail.models import Letter
from tests.faults.server import Server as Whole
from tests.postgres import postgres

Running = Server | Whole
TIMES, WARM = 60, 20
CLIENTS, COMPLETED, ON_POSTGRESQL = 8, 60, 40  # a second
BARE_SIZE = 10_000  # bytes
DONE = f"/meetings/{OPEN}/registration/done"
LINK = re.compile(r"/registrations/[^/\s]+/confirmation")


class Newcomer:
    """Somebody who registers: form, letter, link and button, then their own page."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def link_of(self, number: int) -> str:
        """The address in the letter to this newcomer."""
        with self.app.app_context():
            query = select(Letter.text).where(Letter.to == f"ada{number}@example.org").order_by(Letter.id)
            text = db.session.scalar(query) or ""
            db.session.remove()
        found = LINK.search(text)
        assert found, f"no letter went to newcomer {number}"
        return found[0]

    def complete(self, browser: Browser, number: int) -> Answer:
        """All of it, every request that a browser makes."""
        register(browser, number)
        browser.get(DONE)
        link = self.link_of(number)
        page = browser.get(link).body.decode()
        sent = browser.post(link, urlencode({"csrf_token": hidden(page, "csrf_token")}).encode())
        return browser.get(sent.header("location"))


def registering_figures(app: Flask, server: Server, environment: dict[str, str]) -> Iterator[Figure]:
    """CPU of each step of a registration, and how many are completed a second with the mail worker on."""
    newcomer, browser = Newcomer(app), Browser(server.port)
    numbers = iter(range(900_000_000, 999_999_999))
    with mail_worker(environment):
        for _warm in range(WARM):
            newcomer.complete(browser, next(numbers))
        yield cpu(
            server,
            "registration: form",
            1.5,
            [partial(browser.get, f"/meetings/{OPEN}/registration/new?category=UN")] * TIMES,
        )
        known = [next(numbers) for _time in range(TIMES)]
        form = browser.get(f"/meetings/{OPEN}/registration/new?category=UN").body.decode()
        sends = [partial(fill_in, browser, form, number) for number in known]
        yield cpu(server, "registration: sent, letter and history", 4, sends)
        yield cpu(server, "registration: page after it", 0.5, [partial(browser.get, DONE)] * TIMES)
        links = [newcomer.link_of(number) for number in known]
        yield cpu(server, "mailed link: page", 2, [partial(browser.get, link) for link in links])
        token = hidden(browser.get(links[0]).body.decode(), "csrf_token")
        body = urlencode({"csrf_token": token}).encode()
        yield cpu(server, "mailed link: button", 6, [partial(browser.post, link, body) for link in links])
        pages = [link.removesuffix("/confirmation") for link in links]
        yield cpu(server, "own page, My registration", 5, [partial(browser.get, page) for page in pages])
        yield completed(acts_a_second(server.port, newcomer.complete, clients=CLIENTS), "SQLite", COMPLETED)
    command = [sys.executable, "-m", "bench.registering"]
    printed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    yield completed(float(printed.splitlines()[-1]), "PostgreSQL", ON_POSTGRESQL)


def completed(rate: float, database: str, bound: int) -> Figure:
    return Figure(f"registrations completed, {database}", f"{rate:,.0f}/s", f"≥ {bound}/s", rate >= bound)


def rate_on_postgresql() -> float:
    """How many are completed a second on a PostgreSQL of its own, which waits for no disk, as in the tests."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="bench-") as name, postgres() as address:
        environment = settings(Path(name), port) | {"DATABASE_URL": address}
        os.environ.update(environment)
        app = create_app()
        with app.app_context():
            upgrade()
            with transaction():
                meeting_named(OPEN, now())
            db.session.remove()
            db.engine.dispose()
        newcomer = Newcomer(app)
        with serving(environment, port) as server, mail_worker(environment):
            browser = Browser(server.port)
            for number in range(WARM):
                newcomer.complete(browser, number)
            with app.app_context():
                db.engine.dispose()  # each client is a process of its own, and opens its own connection
            rate = acts_a_second(server.port, newcomer.complete, clients=CLIENTS)
        with app.app_context():
            db.engine.dispose()
    return rate


def bare_figure(server: Server) -> Figure:
    """What a page costs that does nothing: by it the figures of two machines can be compared."""
    browser = Browser(server.port)
    acts = [partial(browser.get, f"{BARE}/page/{BARE_SIZE}")] * TIMES
    cost = cpu(server, "a bare page of Flask, to compare machines by", 0, acts)
    return Figure(cost.name, cost.value)


def signed_in_figures(server: Server, door: Door) -> Iterator[Figure]:
    """CPU of the pages that somebody signed in reads."""
    browser = Browser(server.port)
    door.sign_in(browser)
    agenda = f"/meetings/{agenda_slug(SMALL)}"
    for name, path, bound in (
        ("agenda", f"{agenda}/agenda", 4),
        ("session page", f"{agenda}/sessions/S7", 4),
        ("front page", "/", 5),
    ):
        for _warm in range(WARM):
            browser.get(path, Accept_Encoding="gzip, br, zstd")
        acts = [partial(browser.get, path, Accept_Encoding="gzip, br, zstd")] * TIMES
        yield cpu(server, f"{name}, signed in", bound, acts)


def cpu(server: Server, name: str, bound: float, acts: Sequence[Callable[[], Answer]]) -> Figure:
    """The CPU that the workers spend on each of these."""
    before = spent(server)
    for act in acts:
        answer = act()
        assert answer.status in (200, 303), f"{name}: {answer.status}"
    return at_most(name, (spent(server) - before) / len(acts) * 1000, bound, "ms CPU")


def spent(server: Running) -> float:
    """The seconds of CPU of all workers until now, by the clock of the scheduler, which counts nanoseconds."""
    threads = (one for pid in children_of(server.process.pid) for one in Path(f"/proc/{pid}/task").iterdir())
    return sum(int((one / "schedstat").read_text().split()[0]) for one in threads) / 1e9


@contextmanager
def mail_worker(environment: dict[str, str]) -> Iterator[None]:
    """The worker that sends letters, as ./run starts it."""
    command = [sys.executable, "-m", "flask", "--app", "commands", "mail", "deliver", "--forever"]
    worker = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()


if __name__ == "__main__":
    print(rate_on_postgresql())
