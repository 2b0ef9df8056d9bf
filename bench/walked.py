"""What a worker holds after a walk over all pages of the large installation, and with ten visitors at once on a page.

Workers are forked from a server that has loaded the application (decision 0049): each is counted with its part of what
it shares with the others (PSS).
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import select

from bench.big import BIG, EVERYWHERE, MANAGED, PUBLIC
from bench.figures import Figure, at_most
from bench.load import Browser
from bench.people import hidden
from bench.registering import bare_figure
from bench.server import Server, serving, settings
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.people.models import Person
from eventapp.people.sign_in.actions import make_sign_in_link

WALKED, MORE, VISITORS, ROUNDS = 160, 30, 10, 2
REPORT = f"/api/v1/meetings/{BIG}/reports/summary"  # 40 MB of JSON
PATIENCE = 240  # seconds for the slowest page


def walked_figures(app: Flask, folder: Path, port: int) -> Iterator[Figure]:
    """The largest worker after all pages, then with ten visitors at once on each public page; and how fast it all is."""
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == "big@example.org")).one()
        with transaction():
            link = make_sign_in_link(person, at=now(), lasts=timedelta(hours=2))
        db.engine.dispose()
    public = [*EVERYWHERE, *(f"/meetings/{BIG}/{path}" for path in PUBLIC)]
    managed = [f"/meetings/{BIG}/{path}" for path in MANAGED]
    with serving(settings(folder, port), port) as server:
        if not server.worker_megabytes():
            return
        organizer = Browser(server.port)
        page = organizer.get(f"/sign-in/{link}").body.decode()
        organizer.post(f"/sign-in/{link}", urlencode({"csrf_token": hidden(page, "csrf_token")}).encode())
        signed_in = dict(organizer.cookies)
        for _round in range(ROUNDS):  # so that each of the workers has drawn nearly all of them
            walk(server, public, {})
            walk(server, [*public, *managed], signed_in)
        walked = max(server.worker_megabytes())
        yield at_most("memory of a worker after a walk over all pages", walked, WALKED, "MB")
        grown = {path: together(server, path) for path in [*public, REPORT]}
        worst = max(grown, key=lambda path: grown[path])
        yield at_most(f"  {VISITORS} at once on a public page, at the most more", grown[worst], MORE, "MB")
        yield bare_figure(server)


def walk(server: Server, paths: list[str], cookies: Mapping[str, str]) -> None:
    for path in paths:
        read(server, path, cookies)


def read(server: Server, path: str, cookies: Mapping[str, str]) -> None:
    """Ask for a page over a connection of its own, and read it whole, streamed or not."""
    talk = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        crumbs = "; ".join(f"{name}={value}" for name, value in cookies.items())
        talk.request("GET", path, headers={"Cookie": crumbs} if crumbs else {})
        answer = talk.getresponse()
        answer.read()
    finally:
        talk.close()
    assert answer.status == 200, f"{path} answers {answer.status}"


def together(server: Server, path: str) -> float:
    """How many MB more the largest worker holds right after so many visitors asked for this page at once."""
    before = max(server.worker_megabytes())
    with ThreadPoolExecutor(VISITORS) as crowd:
        list(crowd.map(lambda _visitor: read(server, path, {}), range(VISITORS)))
    return max(server.worker_megabytes()) - before
