"""Whoever sends slowly keeps a thread, and has none but the one. And what happens where there are too few."""

from pathlib import Path

import pytest
from flask import Flask

from tests.faults.ledger import open_meeting
from tests.faults.server import Server, serving
from tests.faults.slow import BYTES, GO_ON, slow_bodies

SLOW, TOO_FEW = 20, 12
OK = b"HTTP/1.1 200"


@pytest.fixture
def place(app: Flask) -> str:
    del app  # its database is what the server has
    return f"/meetings/{open_meeting()}/registration"


def test_twenty_slow_forms_do_not_stop_a_worker(place: str, database: str, tmp_path: Path) -> None:
    with serving(Server(database, tmp_path, WORKERS="1")) as server, slow_bodies(server, place, SLOW) as slow:
        slow.wait_for_readers(SLOW)
        answered, _afterwards = slow.answered_meanwhile(f"{place}/new", BYTES - 1)
        still_read = [client.recv(1000) for client in slow.told()]

    assert (answered, still_read) == (OK, [GO_ON] * SLOW)


def test_twenty_slow_forms_stop_a_worker_of_twelve_threads(place: str, database: str, tmp_path: Path) -> None:
    """The control: the test before sees it."""
    few = Server(database, tmp_path, WORKERS="1", THREADS=str(TOO_FEW))
    with serving(few) as server, slow_bodies(server, place, SLOW) as slow:
        slow.wait_for_readers(TOO_FEW)
        meanwhile, afterwards = slow.answered_meanwhile(f"{place}/new", 100)

    assert (meanwhile, afterwards) == (b"", OK)
