"""A worker that waits hears that another process queued something: PostgreSQL tells it. On SQLite it looks."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import text

from config import ROOT
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs import alarm
from eventapp.ground.jobs.alarm import Alarm
from eventapp.ground.jobs.stopping import Stop
from eventapp.ground.jobs.waking import A_JOB, A_LETTER, wake
from eventapp.mail.compose import compose
from eventapp.mail.models import FAILED
from eventapp.mail.sending import delivery
from tests.conftest import ON_POSTGRESQL
from tests.mail.smtp import PostOffice, open_office

AN_HOUR = 3600
PATIENCE = 120  # seconds, on a machine that has other things to do


@pytest.fixture
def office(fresh_app: Flask) -> Iterator[PostOffice]:
    with open_office(PostOffice()) as office:
        fresh_app.extensions["mail"].port = office.port
        yield office


@pytest.fixture
def letter(fresh_app: Flask) -> int:
    """A letter that failed, and waits for nobody."""
    with transaction():
        made = compose("people/mail/sign_in.txt", to="ada@example.org", to_name="Ada Byron", link="x", code="123456")
        made.posted_at = made.due_at = now()
        made.attempts, made.state = 1, FAILED
        db.session.add(made)
    return made.id


@contextmanager
def worker(app: Flask) -> Iterator[Thread]:
    """A worker in a thread of its own, that has looked and waits."""
    stop = Stop()

    def work() -> None:
        with app.app_context():
            delivery.deliver_for_ever(stop)
            db.session.remove()

    thread = Thread(target=work)
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def test_what_another_process_queues_is_begun_without_waiting_for_the_next_look(
    fresh_app: Flask, database: str, office: PostOffice, letter: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = listening(monkeypatch)
    monkeypatch.setattr(delivery, "POLL", AN_HOUR if ON_POSTGRESQL else 0.1)
    with worker(fresh_app):
        assert waits.wait(PATIENCE)
        retried(letter, database, tmp_path)
        assert comes(office)


def test_a_worker_whose_line_is_cut_hears_again(
    fresh_app: Flask, database: str, office: PostOffice, letter: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = listening(monkeypatch)
    monkeypatch.setattr(delivery, "POLL", AN_HOUR if ON_POSTGRESQL else 0.1)
    with worker(fresh_app):
        assert waits.wait(PATIENCE)
        waits.clear()
        if ON_POSTGRESQL:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
            assert db.session.scalar(text(cut))
            db.session.rollback()
            assert waits.wait(PATIENCE)
        retried(letter, database, tmp_path)
        assert comes(office)


def listening(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Set each time a worker begins to listen, or to wait where it cannot."""
    waits, real = Event(), Alarm._rings

    def rings(own: Alarm, seconds: float, stop: Stop) -> set[str]:
        if own.line is not None or not ON_POSTGRESQL:
            waits.set()
        return real(own, seconds, stop)

    monkeypatch.setattr(alarm.Alarm, "_rings", rings)
    return waits


def retried(letter: int, database: str, folder: Path) -> None:
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "ENVIRONMENT": "development",
        "DATABASE_URL": database,
        "DATA_DIR": str(folder),
    }
    command = [sys.executable, "-m", "flask", "--app", "commands", "mail", "retry", str(letter)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def comes(office: PostOffice) -> bool:
    until = time.monotonic() + PATIENCE
    while not office.taken and time.monotonic() < until:
        time.sleep(0.05)
    return bool(office.taken)


def test_a_letter_alone_makes_nobody_look_for_jobs(fresh_app: Flask) -> None:
    """Letters come ten a second where many register, and to look for jobs costs more than to send one."""
    seconds = PATIENCE if ON_POSTGRESQL else 0.1
    with closing(Alarm()) as line:
        assert line.wait(Stop(), seconds)  # it begins to listen: something may have been queued before
        heard = []
        for queued in ([A_LETTER], [A_JOB], [A_LETTER, A_JOB]):
            with transaction():
                for one in queued:
                    wake(one)
            heard.append(line.wait(Stop(), seconds))
    assert heard == [not ON_POSTGRESQL, True, True]
