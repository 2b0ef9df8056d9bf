"""A full disk: what cannot be kept is refused, what was acknowledged stays, no letter goes twice, and with room again it
goes on by itself.

That of PostgreSQL is a file system of its own where this machine lets us mount one, and everywhere one whose files
cannot grow.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from urllib.request import urlopen

import flask_migrate
import pytest
from sqlalchemy import insert

from config import ROOT, TestConfig
from eventapp.commands import create_app
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.mail.models import SENT, Letter
from tests.conftest import ON_POSTGRESQL
from tests.faults.crowd import ACKNOWLEDGED, BUSY, Crowd, crowding
from tests.faults.disks import Disk, ForFile, Limited, can_mount, limited, mounted
from tests.faults.ledger import lost, open_meeting, torn
from tests.faults.machine import Machine, nothing_waits
from tests.faults.server import Server, serving, wait_until
from tests.mail.smtp import PostOffice, open_office

pytestmark = pytest.mark.database  # no fixture says so: each test has a server of its own

BETWEEN, REFUSED, MANY = 15, 10, 200
LARGEST, TEXT = 4_000_000, 1_000  # bytes: of the table of letters, more than any other has; and of one letter
DISKS: list[Callable[[], AbstractContextManager[Disk]] | None] = [None]
if ON_POSTGRESQL:
    DISKS = [limited, mounted] if can_mount() else [limited]


@pytest.fixture(params=DISKS, ids=lambda made: getattr(made, "__name__", "file"))
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """A disk with a migrated database, of a meeting that takes registrations."""
    with request.param() if request.param else nullcontext(ForFile(tmp_path)) as disk:
        app = create_app(TestConfig(disk.address, tmp_path))
        with app.app_context():
            flask_migrate.upgrade(directory=str(ROOT / "migrations"))
            open_meeting()
            if isinstance(disk, Limited):
                write_letters()
            yield disk
            db.session.remove()
            db.engine.dispose()


def write_letters() -> None:
    """Make the table of letters the largest file: it is the one that cannot grow then."""
    facts = {"subject": "S", "html": "", "kind": "test", "state": SENT, "posted_at": now(), "due_at": now()}
    rows = [
        {**facts, "to": f"reader{one}@example.net", "text": "x" * TEXT, "message_id": f"<{one}@example.net>"}
        for one in range(LARGEST // TEXT)
    ]
    with transaction():
        db.session.execute(insert(Letter), rows)


def through_a_full_disk(server: Server, disk: Disk, is_enough: Callable[[Crowd], bool], *others: int) -> Crowd:
    """What a crowd was told before, while and after the disk was full, for the server and for these processes."""
    with serving(server), crowding(server, "open") as crowd:
        crowd.wait_for_more(BETWEEN)
        disk.fill(*server.workers(), *others)
        wait_until(lambda: is_enough(crowd), "the disk never got full")
        with urlopen(f"{server.address}/meetings/open/", timeout=30) as page:  # who only reads, notices nothing
            assert page.status == 200
        disk.make_room(*server.workers(), *others)
        crowd.wait_for_more(BETWEEN)
    return crowd


def test_a_full_disk_refuses_and_loses_nothing(disk: Disk, tmp_path: Path) -> None:
    with open_office(PostOffice()) as office:
        machine = Machine(disk.address, tmp_path, office)
        with machine.delivering() as worker:
            crowd = through_a_full_disk(
                machine.server, disk, lambda crowd: crowd.statuses.count(BUSY) >= REFUSED, worker.pid
            )
            machine.wait_while_letters_go(nothing_waits, "a letter never goes")

    assert set(crowd.statuses) == {ACKNOWLEDGED, BUSY}
    assert {after for after, _page in crowd.refused} == {"5"}
    assert all("Nothing was saved" in page for _after, page in crowd.refused)
    assert (lost(crowd), torn(), machine.sent_twice()) == ([], [], [])
    assert set(crowd.told) <= set(office.recipients)


def test_what_is_acknowledged_before_it_is_kept_is_lost_on_a_full_disk(disk: Disk, tmp_path: Path) -> None:
    """The control: these tests see it."""
    careless = Server(disk.address, tmp_path, "tests.faults.careless:app")
    crowd = through_a_full_disk(careless, disk, lambda crowd: len(crowd.told) >= MANY)

    assert lost(crowd)
