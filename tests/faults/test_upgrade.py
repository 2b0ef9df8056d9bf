"""Two machines on one database are brought to the next release one by one while people register. docs/operate.md."""

import re
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from flask import Flask

from eventapp.ground.db import db
from tests.conftest import ON_POSTGRESQL
from tests.faults import server
from tests.faults.crowd import ACKNOWLEDGED, BUSY, SHOWN, Crowd, crowding
from tests.faults.ledger import lost, open_meeting, torn
from tests.faults.server import Server, serving
from tests.operations.test_versions import OWN, release, upgrade

MORE = 12
ADDS = re.compile(r"op\.add_column\(.*\n +op\.create_index\(.*")
TAKES_AWAY = 'op.drop_table("rate_hit")'
HOLDS = """for table in ("meeting", "registration"):  # in the order in which requests lock them, or one of both is refused
        op.add_column(table, sa.Column("held", sa.Integer()))
    time.sleep(35)"""  # twice as long as one waits for a lock: a page may wait for the thread of another request first


class Turns(Server):
    """What a proxy does: each request goes to the next of the machines that are in turn."""

    def __init__(self, *servers: Server) -> None:
        self.machines = cycle(servers)

    @property
    def port(self) -> int:  # type: ignore[override]  # asked anew for each request
        return next(self.machines).port

    def go_to(self, crowd: Crowd, *servers: Server) -> None:
        """From now on to these; back when whatever was on its way to another has been answered."""
        self.machines = cycle(servers)
        crowd.wait_for_more(MORE)


def readiness(machine: Server) -> str:
    try:
        with urlopen(f"{machine.address}/readyz") as answer:
            return str(answer.read().decode())
    except HTTPError as refused:
        return str(refused.read().decode())


def walk(app: Flask, database: str, folder: Path, newer: Path) -> tuple[Crowd, str]:
    """From two machines of this release to two of the next. Returns the crowd, and what an old one said between."""
    older = [Server(database, folder) for _one in range(2)]
    next_ones = [Server(database, folder, "tests.faults.next_release:app", NEXT_RELEASE=str(newer)) for _one in older]
    with ExitStack() as running:
        for machine in older:
            running.enter_context(serving(machine))
        turns = Turns(*older)
        with crowding(turns, open_meeting()) as crowd:
            crowd.wait_for_more(MORE)
            assert upgrade(app, newer)[0] == 0
            crowd.wait_for_more(MORE)
            between = readiness(older[0])
            for number, machine in enumerate(next_ones):
                running.enter_context(serving(machine))  # which ends after the crowd
                turns.go_to(crowd, *older[number + 1 :], *next_ones[: number + 1])
                older[number].stop()
            crowd.wait_for_more(MORE)
            assert readiness(next_ones[0]) == "ready\n"
    db.session.remove()
    return crowd, between


def test_an_upgrade_of_one_machine_after_the_other_fails_no_request(
    fresh_app: Flask, database: str, tmp_path: Path
) -> None:
    newer = release(tmp_path / "newer", "9001", before=OWN)
    crowd, between = walk(fresh_app, database, tmp_path, newer)

    assert between == "ready, on the tables of 9001\n"
    assert set(crowd.statuses) == {ACKNOWLEDGED}
    assert {status for answers in crowd.shown for status in answers} == {SHOWN}
    assert (lost(crowd), torn()) == ([], [])


def altered(folder: Path, words: str) -> Path:
    """The next release, whose migration does this and not what it would do to a table in use."""
    newer = release(folder, "9001", before=OWN)
    migration = newer / "versions" / "9001_next.py"
    source, times = ADDS.subn(words, migration.read_text())
    assert times == 1
    migration.write_text(f"import time\n{source}")
    return newer


def test_a_release_that_takes_away_what_the_one_before_uses_fails_some(
    fresh_app: Flask, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(server, "PATIENCE", 20)
    newer = altered(tmp_path / "newer", TAKES_AWAY)

    with pytest.raises(AssertionError, match="nobody was acknowledged"):
        walk(fresh_app, database, tmp_path, newer)


def test_a_migration_that_holds_tables_in_use_fails_some(fresh_app: Flask, database: str, tmp_path: Path) -> None:
    """The control: each of its statements adds only, and together they take longer than a request waits for a table."""
    newer = altered(tmp_path / "newer", HOLDS)
    with serving(Server(database, tmp_path)) as machine, crowding(machine, open_meeting()) as crowd:
        crowd.wait_for_more(MORE)
        assert upgrade(fresh_app, newer)[0] == 0
        crowd.wait_for_more(MORE)
    db.session.remove()

    assert BUSY in crowd.statuses
    if ON_POSTGRESQL:  # who only reads a file that is written to, notices nothing
        assert BUSY in {status for answers in crowd.shown for status in answers}
