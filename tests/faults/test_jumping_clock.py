"""A clock that is set back an hour and forward a day: nothing acknowledged is lost, and no letter goes twice."""

import os
import signal
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.mail.models import Letter
from eventapp.registration.models import Registration
from tests.faults.crowd import ACKNOWLEDGED, BUSY, crowding
from tests.faults.ledger import lost, open_meeting, torn
from tests.faults.machine import Holding, Machine, nothing_waits
from tests.faults.server import PATIENCE, serving, wait_until
from tests.mail.smtp import PostOffice, open_office

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOON = timedelta(minutes=5)  # so long all of this may take


@pytest.fixture
def temper() -> Holding:
    return Holding("451 Later")


@pytest.fixture
def machine(fresh_app: Flask, database: str, tmp_path: Path, temper: Holding) -> Iterator[Machine]:
    del fresh_app  # its database is what both have
    with open_office(PostOffice(at_data=temper.at_data)) as office:
        machine = Machine(database, tmp_path, office)
        yield machine
        temper.holds.clear()


def moments(
    column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
) -> tuple[datetime, datetime]:
    """The first and the last."""
    first, last = db.session.execute(select(func.min(column), func.max(column))).one()
    assert first and last
    return first, last


def test_a_clock_that_jumps_loses_nothing_and_sends_nothing_twice(machine: Machine, temper: Holding) -> None:
    began = now()
    with serving(machine.server), crowding(machine.server, open_meeting(days=3), clients=1) as crowd:
        with machine.delivering() as worker:
            machine.go_on(crowd)
            temper.holds.set()
            assert temper.came.wait(PATIENCE)
            os.kill(worker.pid, signal.SIGKILL)  # it has the lease of a letter that nobody took
            worker.wait(PATIENCE)
        temper.holds.clear()
        with machine.delivering():
            machine.set_clock(-HOUR)
            machine.go_on(crowd)
            machine.set_clock(timedelta())
            machine.go_on(crowd)
            machine.set_clock(DAY)
            machine.go_on(crowd)
            crowd.over = True
            wait_until(nothing_waits, "a letter never goes")

    assert set(crowd.statuses) <= {ACKNOWLEDGED, BUSY}
    assert (lost(crowd), torn(), machine.sent_twice()) == ([], [], [])
    assert set(crowd.told) <= set(machine.office.recipients)
    for first, last in (moments(Registration.asked_at), moments(Letter.sent_at)):
        assert first < began - HOUR + SOON and last > began + DAY - SOON, "the clock did not jump"
