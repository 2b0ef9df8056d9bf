"""A migration that needs two tables which a request needs in the other order: it gives way, and goes on later."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Registration
from tests import make
from tests.conftest import ON_POSTGRESQL
from tests.faults.test_upgrade import altered
from tests.house.test_migrations import tables

CIRCLE = """op.add_column("registration", sa.Column("held", sa.Integer()))
    Path({mark!r}).touch()
    time.sleep(0.3)  # so that the request waits first, and is the one whom PostgreSQL looks at after a second
    op.add_column("meeting", sa.Column("held", sa.Integer()))"""
A_MINUTE = 60


@contextmanager
def migrating(app: Flask, folder: Path) -> Iterator[None]:
    """Another process brings the database to the next release meanwhile; it has ended with success when this is left."""

    def upgrade() -> None:
        with app.app_context():
            flask_migrate.upgrade(directory=str(folder))
            db.session.remove()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(upgrade)
        yield
        done.result(A_MINUTE)


def asked_meanwhile(app: Flask, folder: Path) -> None:
    """A request writes to the meeting, and reads registrations once the migration has their table."""
    mark = folder / "mark"
    newer = altered(folder / "newer", CIRCLE.format(mark=str(mark)))
    script = newer / "versions" / "9001_next.py"
    script.write_text(f"from pathlib import Path\n{script.read_text()}")
    number = make.meeting().id
    db.session.remove()
    begun, pause = threading.Event(), threading.Event()

    def ask() -> None:
        with app.app_context(), transaction():
            db.session.execute(update(Meeting).where(Meeting.id == number).values(version=Meeting.version + 1))
            begun.set()
            while ON_POSTGRESQL and not mark.exists():  # where one file is written by one, the migration has not begun
                pause.wait(0.01)
            db.session.scalars(select(Registration.id)).all()

    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(ask)
        assert begun.wait(A_MINUTE)
        with migrating(app, newer):
            asking.result(A_MINUTE)


def test_a_request_goes_on_and_the_migration_comes_later(fresh_app: Flask, tmp_path: Path) -> None:
    asked_meanwhile(fresh_app, tmp_path)

    assert "of_9001" in tables()


def test_one_that_does_not_give_way_has_a_request_refused(fresh_app: Flask, tmp_path: Path) -> None:
    """The control: a migration that waits as long as a request does. SQLite has no such circle."""
    made = altered(tmp_path / "newer", "pass")  # the folder, to be written to again
    env = made / "env.py"
    patient = env.read_text().replace("WAITS, LONGEST_WAIT, PAUSE = 200,", "WAITS, LONGEST_WAIT, PAUSE = 15_000,")
    assert patient != env.read_text()
    env.write_text(patient)
    if ON_POSTGRESQL:
        with pytest.raises(OperationalError, match="deadlock"):
            asked_meanwhile(fresh_app, tmp_path)
    else:
        asked_meanwhile(fresh_app, tmp_path)
