"""The database goes while people register and emails go, and comes back: 503 meanwhile, and everything goes on."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
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
from tests.faults import server
from tests.faults.crowd import ACKNOWLEDGED, BUSY, crowding
from tests.faults.ledger import lost, open_meeting, torn
from tests.faults.machine import Machine, nothing_waits
from tests.faults.server import serving, wait_until
from tests.mail.smtp import PostOffice, open_office
from tests.postgres import postgres, put_down

REFUSED = 5


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """A migrated database of this test alone: of a server of its own, where it is one of PostgreSQL."""
    if not ON_POSTGRESQL:
        yield f"sqlite:///{tmp_path / 'eventapp.db'}"
        return
    with postgres() as address:
        yield address


@pytest.fixture
def machine(database: str, tmp_path: Path) -> Iterator[Machine]:
    app = create_app(TestConfig(database, tmp_path))
    with app.app_context(), open_office(PostOffice()) as office:
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        db.session.remove()
        yield Machine(database, tmp_path, office)
        db.session.remove()
        db.engine.dispose()


@contextmanager
def gone(database: str) -> Iterator[None]:
    """PostgreSQL is stopped as if its machine had died; the file of SQLite is kept by somebody else."""
    db.session.remove()
    if ON_POSTGRESQL:
        with put_down(database):
            yield
        db.engine.dispose()
        return
    holder = create_engine(database, module=sqlite.driver(), connect_args={"timeout": 60})
    with holder.connect() as connection:
        connection.execute(text("BEGIN EXCLUSIVE"))
        yield
    holder.dispose()


def test_it_goes_and_comes_back(machine: Machine, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PATIENCE", 200)  # a letter on its way then waits until its lease is over
    with (
        serving(machine.server),
        crowding(machine.server, open_meeting(), clients=1) as crowd,
        machine.delivering() as worker,
    ):
        machine.go_on(crowd)
        with gone(database):
            wait_until(lambda: crowd.statuses.count(BUSY) >= (REFUSED if ON_POSTGRESQL else 1), "it never went")
            if ON_POSTGRESQL:  # who only reads a file that is kept, notices nothing
                with pytest.raises(HTTPError) as answer:
                    urlopen(f"{machine.server.address}/meetings/open/", timeout=60)
                assert (answer.value.code, answer.value.headers["Retry-After"]) == (BUSY, "5")
        machine.go_on(crowd)
        crowd.over = True
        wait_until(nothing_waits, "a letter never goes")
        assert worker.poll() is None

    assert set(crowd.statuses) == {ACKNOWLEDGED, BUSY}
    assert (lost(crowd), torn()) == ([], [])
    assert [one for one, times in Counter(machine.office.recipients).items() if times > 1] == []
    assert set(crowd.told) <= set(machine.office.recipients)
