"""What was acknowledged survives `kill -9`, of one worker and of everything. And the same where it is not kept first."""

from pathlib import Path

import pytest
from flask import Flask

from tests.faults.crowd import ACKNOWLEDGED, BUSY, NO_ANSWER, crowding
from tests.faults.ledger import lost, open_meeting, torn
from tests.faults.server import Server, serving

KILLS, BETWEEN = 4, 15


@pytest.fixture
def slug(fresh_app: Flask) -> str:
    del fresh_app  # its database is what the servers share
    return open_meeting()


def test_a_killed_worker_takes_nothing_with_it_and_another_stands_in(slug: str, database: str, tmp_path: Path) -> None:
    with serving(Server(database, tmp_path)) as server, crowding(server, slug) as crowd:
        for _kill in range(KILLS):
            crowd.wait_for_more(BETWEEN)
            server.kill_a_worker()
        crowd.wait_for_more(BETWEEN)

    assert set(crowd.statuses) - {ACKNOWLEDGED, NO_ANSWER, BUSY} == set()
    assert (lost(crowd), torn()) == ([], [])


def test_everything_killed_and_started_again_has_lost_nothing(slug: str, database: str, tmp_path: Path) -> None:
    with serving(Server(database, tmp_path)) as server, crowding(server, slug) as crowd:
        for _kill in range(KILLS):
            crowd.wait_for_more(BETWEEN)
            server.kill()
            server.start()
        crowd.wait_for_more(BETWEEN)

    assert NO_ANSWER in crowd.statuses, "nobody noticed that it died"
    assert set(crowd.statuses) - {ACKNOWLEDGED, NO_ANSWER, BUSY} == set()
    assert (lost(crowd), torn()) == ([], [])


def test_what_is_acknowledged_before_it_is_kept_is_lost(slug: str, database: str, tmp_path: Path) -> None:
    """The control: these tests see it."""
    with serving(Server(database, tmp_path, "tests.faults.careless:app")) as server, crowding(server, slug) as crowd:
        crowd.wait_for_more(BETWEEN)
        server.kill()
        server.start()

    assert lost(crowd)
