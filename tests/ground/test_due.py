"""What the worker does every minute: once each, whoever looks, whatever fails."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from flask import Flask
from sqlalchemy import select, update

from eventapp.ground.db import db, lock, transaction
from eventapp.ground.jobs import lanes
from eventapp.ground.jobs.scheduler import Job, work_through
from eventapp.ground.jobs.stopping import Stop
from eventapp.mail.sending import delivery
from eventapp.people.models import Person
from eventapp.registration.jobs import JOBS
from eventapp.registration.models import LAPSED, UNCONFIRMED
from tests import make
from tests.make import TODAY
from tests.make_registration import asked, states

WORKERS = 6
DONE = "done"


def waiting() -> list[int]:
    return list(db.session.scalars(select(Person.id).where(Person.name != DONE).order_by(Person.id)))


def rename(at: datetime) -> int:
    """The next person is renamed, under its lock."""
    ids = waiting()
    person = db.session.get(Person, ids[0]) if ids else None
    if person is None:
        return 0
    lock(person)
    if person.name == DONE:
        return 0
    person.name = DONE
    return 1


def job(do: Callable[[datetime], int] = rename) -> Job:
    return Job("rename", lambda at: bool(waiting()), do)


def test_everything_due_is_done_and_counted(app: Flask) -> None:
    for _ in range(3):
        make.person()
    assert work_through([job()], at=TODAY) == {"rename": 3}
    assert work_through([job()], at=TODAY) == {}


def test_what_nobody_needs_takes_no_lock(app: Flask) -> None:
    def refuse(at: datetime) -> int:
        raise AssertionError("nothing was due")

    assert work_through([job(refuse)], at=TODAY) == {}


def test_a_job_that_fails_is_undone_and_holds_up_nothing(app: Flask) -> None:
    person = make.person("Ada")

    def fail(at: datetime) -> int:
        rename(at)
        raise RuntimeError("the power went")

    assert work_through([job(fail), Job("next", lambda at: person.name == "Ada", rename)], at=TODAY) == {"next": 1}


def test_the_worker_does_the_jobs_of_the_house(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    old, stop = asked(make.meeting()), Stop()
    for module in (delivery, lanes):
        monkeypatch.setattr(module, "now", lambda: TODAY + timedelta(hours=49))
    monkeypatch.setattr(lanes.Lane, "_start", lanes.Lane.work)  # here; tests/faults/test_held_worker.py does it apart
    monkeypatch.setattr(delivery, "deliver_one", lambda *_told: stop.set())
    assert JOBS[0] in app.extensions["jobs"]
    delivery.deliver_for_ever(stop, app.extensions["jobs"])
    assert states(old) == [LAPSED]


def test_requests_lapse_when_their_time_is_over_and_not_before(app: Flask) -> None:
    old, young = asked(make.meeting()), asked(make.meeting(), at=TODAY + timedelta(hours=2))
    assert work_through(JOBS, at=TODAY + timedelta(hours=49)) == {"lapse": 1}
    assert states(old, young) == [LAPSED, UNCONFIRMED]


def test_the_command_does_them_once(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["mail", "chores"]).output == "Nothing was due.\n"


def test_many_workers_do_each_thing_once(app: Flask) -> None:
    make.person()
    assert crowd(app, job()) == 1


def test_who_acts_on_what_was_read_before_the_lock_does_it_twice(app: Flask) -> None:
    """The control: the test above can fail."""
    make.person()
    everybody = Barrier(WORKERS, timeout=60)

    def see(at: datetime) -> bool:
        found = bool(waiting())
        with suppress(BrokenBarrierError):
            everybody.wait()
        return found

    def act(at: datetime) -> int:
        db.session.execute(update(Person).values(name=DONE))
        return 1

    assert crowd(app, Job("rename", see, act)) > 1


def crowd(app: Flask, job: Job) -> int:
    """How often so many workers at once say that they did something."""
    done: list[int] = []

    def look() -> None:
        with app.app_context():
            try:
                done.append(work_through([job], at=TODAY)["rename"])
            finally:
                db.session.remove()

    db.session.rollback()
    workers = [Thread(target=look) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with transaction():
        assert waiting() == []
    return sum(done)
