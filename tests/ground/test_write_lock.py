"""The writers of one process wait for each other in a queue, and not by trying again; a long job lets others in."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, current_thread
from time import sleep

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from eventapp.ground.db import db, lock, sqlite, transaction
from eventapp.ground.db.apart import meanwhile
from eventapp.meetings.models import Meeting
from tests import make
from tests.conftest import ON_POSTGRESQL
from tests.shared import new_app

WRITERS, EACH = 8, 12
WRITTEN, PASSED = 8, 4  # times that somebody writes beside a job; of its transactions, as many as one may let pass
MOST = 2_000  # transactions of a job, so that it ends where nobody stops it


@pytest.fixture
def _look_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "looks", lambda _patience: iter(()))


def written_at_once(app: Flask) -> int:
    """How many of the writings go through where SQLite itself waits for nobody."""
    meeting_id = make.meeting().id
    db.session.remove()
    db.engine.dispose()

    def write(_writer: int) -> int:
        done = 0
        with app.app_context():
            for _time in range(EACH):
                try:
                    with transaction():
                        db.session.get_one(Meeting, meeting_id).version += 1
                    done += 1
                except OperationalError:
                    db.session.rollback()
            db.session.remove()
        return done

    with ThreadPoolExecutor(WRITERS) as pool:
        return sum(pool.map(write, range(WRITERS)))


@pytest.mark.usefixtures("_look_once")
def test_nobody_finds_the_database_locked(app: Flask) -> None:
    assert written_at_once(app) == WRITERS * EACH


@pytest.mark.usefixtures("_look_once")
def test_without_the_queue_some_do(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "take_write_lock", lambda connection: None)
    assert ON_POSTGRESQL or written_at_once(app) < WRITERS * EACH


def test_the_write_lock_is_given_back_after_a_failure(app: Flask) -> None:
    meeting = make.meeting(capacity=3)
    for _time in range(2):
        with pytest.raises(ZeroDivisionError), transaction():
            meeting.capacity = 1 // 0
    assert ON_POSTGRESQL or not sqlite.WRITE_LOCK[db.engine.dialect].locked()


def longest_wait(app: Flask, database: str, times: int = WRITTEN) -> int:
    """How many transactions of a job in another process, one after the other, passed by somebody who wanted to write."""
    meeting_id, other = make.meeting().id, new_app(database)
    db.session.remove()
    with beside(other, meeting_id) as passed:
        counts = list[int]()
        while len(counts) < times and max(counts, default=0) <= PASSED:
            before = len(passed)
            try:
                with app.app_context(), transaction():
                    db.session.get_one(Meeting, meeting_id).version += 1
                    counts.append(len(passed) - before)
            except OperationalError:  # no gap in all its looks: told that the database is locked
                counts.append(len(passed) - before)
    return max(counts)


@contextmanager
def beside(app: Flask, meeting_id: int) -> Iterator[list[int]]:
    """A job that writes in short transactions until this is left, and the list of those it has done."""
    over, done = Event(), list[int]()

    def act() -> None:
        lock(db.session.get_one(Meeting, meeting_id))
        sleep(0.02)  # as long as such a transaction takes

    def job() -> None:
        with app.app_context():
            while not over.is_set() and len(done) < MOST:
                meanwhile(act)
                done.append(len(done))
            db.session.remove()
            db.engine.dispose()

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(job)
        while not (done or working.done()):
            sleep(0.001)
        try:
            yield done
        finally:
            over.set()
            working.result()


def test_who_writes_beside_a_long_job_comes_in_soon(app: Flask, database: str) -> None:
    assert longest_wait(app, database) <= PASSED


def test_without_pause_and_close_looks_it_is_there_before_them(
    app: Flask, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The looks are as far apart as SQLite's own are in the end. Some find a gap by chance, on a fast machine none in many: either may be."""
    monkeypatch.setattr(sqlite, "let_others_write", lambda engine: None)
    far, close, here = [0.09, 0.101, 0.117] * 5, sqlite.looks, current_thread()
    monkeypatch.setattr(sqlite, "looks", lambda patience: far if current_thread() is here else close(patience))
    assert ON_POSTGRESQL or longest_wait(app, database, times=10 * WRITTEN) > PASSED
