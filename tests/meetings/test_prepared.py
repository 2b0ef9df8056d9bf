"""A file that takes long stays with the worker that makes it, however little it gets on."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from eventapp.ground.db import db, transaction
from eventapp.ground.jobs import leased
from eventapp.ground.jobs.leased import DONE, FAILED, LEASE, Lost, attempted, watched
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import Lease, Made, Tell, order, take, work
from eventapp.meetings.prepared.models import PreparedFile
from tests import make
from tests.make import TODAY


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


def test_who_makes_it_keeps_it_while_nothing_can_be_said_of_how_far_it_is(meeting: Meeting) -> None:
    assert made_slowly(meeting) == [False] * 10


def test_without_renewing_another_would_begin_it_again(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(leased, "RENEWED", timedelta(days=1))
    assert any(made_slowly(meeting))


def made_slowly(meeting: Meeting) -> list[bool]:
    """A file whose making is at one and the same half for five minutes. Returns whether another could have it then."""
    minutes, free = [0.0], list[bool]()

    def clock() -> datetime:
        return TODAY + timedelta(minutes=minutes[0])

    def slow(_meeting: Meeting, _lease: Lease, tell: Tell) -> Made:
        for _half in range(10):
            tell(1, 1)
            db.session.rollback()
            until = db.session.get_one(PreparedFile, number).until
            free.append(until is None or until <= clock())
            minutes[0] += 0.5
        return Made(b"x")

    with transaction():
        number = order(db.session.merge(meeting), "package", "public", by=None, at=clock()).id
    with transaction():
        lease = take("package", clock())
    assert lease is not None
    assert work(lease, slow, clock) is None
    db.session.rollback()
    assert db.session.get_one(PreparedFile, number).state == DONE and minutes[0] * timedelta(minutes=1) > LEASE
    return free


def test_a_writer_is_looked_for_while_it_writes_and_its_faults_are_told() -> None:
    looks: list[int] = []

    def write() -> bytes:
        while len(looks) < 3:
            pass
        return b"x"

    assert watched(write, lambda: looks.append(1), look=0.01) == b"x"
    with pytest.raises(ValueError, match="x"):
        watched(fails, lambda: None)
    looks.clear()

    def lost() -> None:
        looks.extend([1, 1, 1])
        raise Lost

    with pytest.raises(Lost):
        watched(write, lost, look=0.01)


def fails() -> Callable[[], None]:
    raise ValueError("x")


@pytest.mark.parametrize(("fault", "ends"), [(OperationalError("COMMIT", None, OSError()), []), (OSError(), [FAILED])])
def test_what_the_database_cut_off_is_left_to_its_lease(fault: Exception, ends: list[str]) -> None:
    def broken() -> None:
        raise fault

    said = list[str]()
    rest = attempted("File 1", "en", broken, lambda state, _sentence: said.append(state))
    if rest:
        rest()
    assert said == ends
