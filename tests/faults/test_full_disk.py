"""A full disk: what cannot be kept is refused, what was acknowledged stays, and with room again it goes on by itself.

The disk is SQLite's own, whatever the other tests run on; that of PostgreSQL is looked after by PostgreSQL.
"""

import resource
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import flask_migrate
import pytest

from config import ROOT, TestConfig
from eventapp.commands import create_app
from eventapp.ground.db import db
from tests.faults.crowd import ACKNOWLEDGED, BUSY, Crowd, crowding
from tests.faults.ledger import lost, open_meeting, torn
from tests.faults.server import Server, serving, wait_until

BETWEEN, REFUSED, MANY = 15, 10, 200
ROOM_LEFT = 100_000  # bytes: a few requests still find a place


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """A migrated SQLite file with a meeting that takes registrations."""
    address = f"sqlite:///{tmp_path / 'eventapp.db'}"
    app = create_app(TestConfig(address, tmp_path))
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        open_meeting()
        yield address
        db.session.remove()
        db.engine.dispose()


def fill(server: Server, folder: Path) -> None:
    """From now on no file of the server may grow by more than a little, as on a disk that is nearly full."""
    largest = max(file.stat().st_size for file in folder.glob("eventapp.db*"))
    for process in server.workers():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (largest + ROOM_LEFT, resource.RLIM_INFINITY))


def make_room(server: Server) -> None:
    for process in server.workers():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def through_a_full_disk(server: Server, folder: Path, is_enough: Callable[[Crowd], bool]) -> Crowd:
    """What a crowd was told before, while and after the disk was full."""
    with serving(server), crowding(server, "open") as crowd:
        crowd.wait_for_more(BETWEEN)
        fill(server, folder)
        wait_until(lambda: is_enough(crowd), "the disk never got full")
        with urlopen(f"{server.address}/meetings/open/", timeout=30) as page:  # who only reads, notices nothing
            assert page.status == 200
        make_room(server)
        crowd.wait_for_more(BETWEEN)
    return crowd


def test_a_full_disk_refuses_and_loses_nothing(database: str, tmp_path: Path) -> None:
    crowd = through_a_full_disk(
        Server(database, tmp_path), tmp_path, lambda crowd: crowd.statuses.count(BUSY) >= REFUSED
    )

    assert set(crowd.statuses) == {ACKNOWLEDGED, BUSY}
    assert (lost(crowd), torn()) == ([], [])


def test_what_is_acknowledged_before_it_is_kept_is_lost_on_a_full_disk(database: str, tmp_path: Path) -> None:
    """The control: these tests see it."""
    careless = Server(database, tmp_path, "tests.faults.careless:app")
    crowd = through_a_full_disk(careless, tmp_path, lambda crowd: len(crowd.told) >= MANY)

    assert lost(crowd)
