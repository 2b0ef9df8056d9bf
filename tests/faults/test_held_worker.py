"""A job that takes long holds up no letter that somebody waits for: the worker does it in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT
from eventapp.ground.db import db
from tests import make
from tests.browserless import PageClient
from tests.mail.smtp import TAKEN, PostOffice, open_office

PATIENCE = 180  # seconds, on a machine that has other things to do
WHILE_HELD, AFTERWARDS = "while the job was at it", "afterwards"


class Held:
    """A file that holds up the job, and who began it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "held"
        self.path.touch()
        self.came: list[str] = []  # when letters did

    @property
    def begun(self) -> list[int]:
        """The processes that began the job, in order."""
        log = self.path.with_suffix(".begun")
        return [int(line) for line in log.read_text().split()] if log.exists() else []

    def at_data(self, _office: PostOffice, _to: str) -> str:
        self.came.append(WHILE_HELD if self.path.exists() else AFTERWARDS)
        return TAKEN


@pytest.fixture
def held(tmp_path: Path) -> Held:
    return Held(tmp_path)


@pytest.fixture
def office(held: Held) -> Iterator[PostOffice]:
    with open_office(PostOffice(at_data=held.at_data)) as office:
        yield office


@contextmanager
def worker(database: str, held: Held, office: PostOffice, *how: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that has begun the job."""
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "ENVIRONMENT": "development",
        "DATABASE_URL": database,
        "DATA_DIR": str(held.path.parent),
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": str(office.port),
        "MAIL_USE_TLS": "no",
    }
    db.session.rollback()
    command = [sys.executable, "-m", "tests.faults.held_worker", str(held.path), *how]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for(lambda: held.begun)
        yield process
    finally:
        held.path.unlink(missing_ok=True)
        process.terminate()
        process.wait(PATIENCE)


def wait_for(seen: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)


def ask_for_a_link(client: PageClient) -> None:
    make.person("Ada", email="ada@example.org")
    assert client.post("/sign-in", data={"email": "ada@example.org"}).status_code == 303
    db.session.rollback()


def lives(process: int) -> bool:
    """Whether it is there, and not only its exit code."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_sign_in_link_arrives_while_a_job_takes_long(
    fresh_app: Flask, client: PageClient, database: str, held: Held, office: PostOffice
) -> None:
    with worker(database, held, office) as process:
        ask_for_a_link(client)
        wait_for(lambda: held.came)
        assert (held.came, office.recipients) == ([WHILE_HELD], ["ada@example.org"])
        assert held.begun != [process.pid] and len(held.begun) == 1
        held.path.unlink()
        wait_for(lambda: not lives(held.begun[0]))  # and what it held in memory is given back


def test_in_one_process_it_arrives_when_the_job_is_done(
    fresh_app: Flask, client: PageClient, database: str, held: Held, office: PostOffice
) -> None:
    """The control."""
    with worker(database, held, office, "careless"):
        ask_for_a_link(client)
        time.sleep(3)
        held.path.unlink()
        wait_for(lambda: held.came)
        assert held.came == [AFTERWARDS]


def test_to_kill_it_is_to_kill_the_job_alone_and_it_is_begun_again(
    fresh_app: Flask, client: PageClient, database: str, held: Held, office: PostOffice
) -> None:
    with worker(database, held, office) as process:
        os.kill(held.begun[0], signal.SIGKILL)
        wait_for(lambda: len(held.begun) == 2)
        ask_for_a_link(client)
        wait_for(lambda: held.came)
        assert process.poll() is None and held.came == [WHILE_HELD]


def test_who_stops_the_worker_stops_the_job(fresh_app: Flask, database: str, held: Held, office: PostOffice) -> None:
    with worker(database, held, office) as process:
        process.terminate()
        assert process.wait(PATIENCE) == 0
        assert held.path.exists() and not lives(held.begun[0])
