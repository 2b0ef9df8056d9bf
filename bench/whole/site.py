"""The site that is measured whole: server and mail worker as `./run` starts them, a mail server, and one meeting."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from flask_migrate import upgrade

from bench.server import HEAP
from bench.world import CROWDED, SMALL, Keys, add_crowd, add_sessions
from config import ROOT
from eventapp.checkin.actions import open_gate
from eventapp.commands import create_app
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.meetings.actions import grant
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.people.actions import know
from eventapp.people.sign_in.actions import make_sign_in_link
from tests.faults.server import Server
from tests.mail.smtp import listening
from tests.postgres import postgres

DATABASES = ("sqlite", "postgresql")
ORGANIZERS = RAPPORTEURS = 5
MAIL_TIMEOUT = 2  # seconds: a letter whose worker died goes to another after 80 of them
WORKER = ("flask", "--app", "commands", "mail", "deliver", "--forever")


class MailServer:
    """What a mail server took, with the moment of each. It has no properties: aiosmtpd reads them at each connection."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes, float]] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- its name
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append((envelope.rcpt_tos[0], content, time.time()))
        return "250 Taken"


@dataclass(frozen=True)
class World:
    """What lets people into the meeting: the words of sign-in links, the codes of two gates and of all badges."""

    door: Keys
    gates: tuple[str, str]
    organizers: tuple[str, ...]
    rapporteurs: tuple[str, ...]


@dataclass
class Site:
    """A server that runs, what its mail server took, and the application on the same database to look at it."""

    server: Server
    office: MailServer
    world: World
    app: Flask
    worker: "subprocess.Popen[bytes]"
    post: tuple[str, ...] = WORKER

    def post_again(self) -> None:
        """Start a mail worker in the place of one that ended."""
        self.worker = started(self.server, self.post)

    def look_after_the_post(self) -> bool:
        """Start another where the worker ended by itself, as `./run` does. Returns whether it did."""
        if self.worker.poll() is None:
            return False
        print(f"bench: the mail worker ended by itself: {self.server.log.read_text(errors='replace')[-2000:]}")
        self.post_again()
        return True


@contextmanager
def whole(
    database: str, *, application: str = "wsgi:app", post: tuple[str, ...] = WORKER, home: str | None = None
) -> Iterator[Site]:
    """Build the meeting in an empty database of this kind, start everything, and stop it at the end."""
    kept = postgres() if database == "postgresql" else nullcontext("")
    office = MailServer()
    with (
        tempfile.TemporaryDirectory(prefix="bench-", dir=home) as name,
        kept as address,
        listening(office, server_hostname="localhost") as port,
    ):
        folder = Path(name)
        mail = {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(port), "MAIL_USE_TLS": "no"}
        limits = {"REGISTRATIONS_PER_HOUR": "100000000", "MAIL_TIMEOUT": str(MAIL_TIMEOUT)}
        where = address or f"sqlite:///{folder / 'eventapp.db'}"
        server = Server(where, folder, application, **mail, **limits, **HEAP)
        os.environ.update(server.environment)
        app = create_app()
        world = built(app, build)
        server.start()
        worker = started(server, post)
        site = Site(server, office, world, app, worker, post)
        try:
            yield site
        finally:
            site.worker.terminate()
            site.worker.wait()
            server.stop()
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


def started(server: Server, words: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    with server.log.open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", *words], cwd=ROOT, env=server.environment, stdout=log, stderr=log
        )


def built(app: Flask, make: Callable[[datetime], World]) -> World:
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        made = make(now())
        db.session.remove()
        db.engine.dispose()
    return made


def build(at: datetime) -> World:
    """One meeting that has all of it: 3,000 badges, two gates, 250 sessions, registration, staff."""
    with transaction():
        door = add_crowd(at)
    with transaction():
        meeting = the_meeting()
        add_sessions(meeting, SMALL, at)
        organizers = staff(meeting, ORGANIZER, ORGANIZERS, at)
        rapporteurs = staff(meeting, RAPPORTEUR, RAPPORTEURS, at)
        second = open_gate(meeting, "Garden entrance", by=None, at=at).code
    return World(door, (door.gate, second), organizers, rapporteurs)


def the_meeting() -> Meeting:
    meeting = meeting_at(CROWDED)
    assert meeting is not None
    return meeting


def staff(meeting: Meeting, role: str, many: int, at: datetime) -> tuple[str, ...]:
    """So many people with this role, each with the word of a link that signs them in."""
    people = [know(f"Bench {role.title()} {n}", f"{role}{n}@example.org", at=at) for n in range(many)]
    for person in people:
        grant(meeting, person, role, by=None, at=at)
    return tuple(make_sign_in_link(person, at=at, lasts=timedelta(hours=2)) for person in people)
