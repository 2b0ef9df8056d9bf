"""The database goes while people register and emails go, and comes back: 503 meanwhile, and everything goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import flask_migrate
import pytest
from sqlalchemy import create_engine, text

from config import ROOT, TestConfig
from eventapp.commands import create_app
from eventapp.ground.db import db, sqlite
from tests.conftest import ON_POSTGRESQL
from tests.faults.crowd import ACKNOWLEDGED, BUSY, Crowd, crowding
from tests.faults.ledger import lost, open_meeting, torn
from tests.faults.machine import JUMPING, Holding, Machine, nothing_waits
from tests.faults.server import PATIENCE, serving, wait_until
from tests.mail.smtp import TAKEN, PostOffice, open_office
from tests.postgres import postgres, put_down

pytestmark = pytest.mark.database  # no fixture says so: each test has a server of its own

REFUSED = 20 if ON_POSTGRESQL else 2  # requests; each waits 15 s for a file that is held, and so does the mail worker
LEASE = timedelta(minutes=10)  # and more: so long nobody else takes a letter that is on its way


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """A database of this test alone: of a server of its own, where it is one of PostgreSQL."""
    if not ON_POSTGRESQL:
        yield f"sqlite:///{tmp_path / 'eventapp.db'}"
        return
    with postgres() as address:
        yield address


@pytest.fixture
def temper() -> Holding:
    return Holding(TAKEN)


@pytest.fixture
def machine(database: str, tmp_path: Path, temper: Holding) -> Iterator[Machine]:
    app = create_app(TestConfig(database, tmp_path))
    with app.app_context(), open_office(PostOffice(at_data=temper.at_data)) as office:
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        db.session.remove()
        yield Machine(database, tmp_path, office)
        temper.holds.clear()
        db.session.remove()
        db.engine.dispose()


@contextmanager
def gone(database: str) -> Iterator[None]:
    """PostgreSQL is stopped, with every connection; the file of SQLite is held by somebody else."""
    db.session.remove()
    db.engine.dispose()
    if ON_POSTGRESQL:
        with put_down(database):
            yield
        return
    holder = create_engine(database, module=sqlite.driver(), connect_args={"timeout": 60})
    with holder.connect() as connection:
        connection.execute(text("BEGIN EXCLUSIVE"))
        yield
    holder.dispose()


def through_the_loss(machine: Machine, temper: Holding, database: str, worker: str) -> Crowd:
    """What a crowd was told before the database went, meanwhile and afterwards. It goes while a letter is on its way:
    the mail server has it, and this is written down nowhere.
    """
    with (
        serving(machine.server),
        crowding(machine.server, open_meeting(), clients=1) as crowd,
        machine.delivering(worker) as process,
    ):
        machine.go_on(crowd)
        temper.holds.set()
        assert temper.came.wait(PATIENCE)
        with gone(database):
            temper.holds.clear()
            before = crowd.statuses.count(BUSY)
            wait_until(lambda: crowd.statuses.count(BUSY) >= before + REFUSED, "it never went")
            if ON_POSTGRESQL:  # who only reads a file that is held, notices nothing
                with pytest.raises(HTTPError) as answer:
                    urlopen(f"{machine.server.address}/meetings/open/", timeout=60)
                assert (answer.value.code, answer.value.headers["Retry-After"]) == (BUSY, "5")
        machine.go_on(crowd)
        crowd.over = True
        machine.wait_while_letters_go(lambda: set(crowd.told) <= set(machine.office.recipients), "a letter never goes")
        if worker == JUMPING:
            machine.wait_while_letters_go(nothing_waits, "what was sent is not written down")
        machine.set_clock(LEASE)
        machine.wait_while_letters_go(nothing_waits, "a letter never goes")
        assert process.poll() is None
    return crowd


def test_it_goes_and_comes_back(machine: Machine, temper: Holding, database: str) -> None:
    crowd = through_the_loss(machine, temper, database, JUMPING)

    assert set(crowd.statuses) == {ACKNOWLEDGED, BUSY}
    assert (lost(crowd), torn(), machine.sent_twice()) == ([], [], [])
    assert set(crowd.told) <= set(machine.office.recipients)


def test_a_worker_that_forgets_what_it_could_not_write_sends_it_twice(
    machine: Machine, temper: Holding, database: str
) -> None:
    """The control: the test above sees it."""
    through_the_loss(machine, temper, database, "tests.faults.forgetful_post")

    assert len(machine.sent_twice()) == 1
