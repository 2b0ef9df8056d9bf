"""Moves are made public from a version that was read before anything is held: one that comes meanwhile is kept."""

from datetime import timedelta

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.agenda.queries import newest_release, released
from eventapp.agenda.releases import live
from eventapp.agenda.releases.live import Prepared, prepared, prepared_from, release_live
from eventapp.agenda.sessions.actions import move
from eventapp.ground.db import db, transaction
from eventapp.ground.db.apart import meanwhile
from eventapp.live.late import at_once as apart
from eventapp.live.late.at_once import at_once
from eventapp.live.models import LiveChange
from eventapp.live.moved import actions
from eventapp.live.moved.actions import publish_moves
from eventapp.live.moved.taking_back import take_back_moves
from eventapp.meetings.models import Meeting
from tests import make
from tests.make_agenda import NINE, published

HOUR, TEN = timedelta(hours=1), timedelta(minutes=10)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """Two sessions in the hall, published; the first has gone to the attic since."""
    meeting = make.meeting(slug="spring")
    hall, attic = make.room(meeting, code="A", name="Hall"), make.room(meeting, code="B", name="Attic")
    for number, hours in ((1, 0), (2, 2)):
        make.session(meeting, code=f"S{number}", room_id=hall.id, starts_at=NINE + hours * HOUR)
    published(meeting)
    with transaction():
        one = the("S1")
        move(one, starts_at=one.starts_at, ends_at=one.ends_at, room_id=attic.id, by=None, at=make.TODAY)
    return meeting


def the(code: str) -> Session:
    return db.session.query(Session).filter_by(code=code).one()


def run_late() -> None:
    """The second session is ten minutes late, at once."""
    one = the("S2")
    one.starts_at, one.ends_at = one.starts_at + TEN, one.ends_at + TEN
    release_live(one.meeting, [one], by=None, at=make.TODAY, remark="Late")


def late_meanwhile(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Somebody does that after the version was read. Returns the numbers of the versions that were."""
    numbers: list[int] = []

    def slow(meeting: Meeting) -> Prepared | None:
        found = prepared(meeting)
        assert found
        numbers.append(found.number)
        db.session.rollback()
        if len(numbers) == 1:
            meanwhile(run_late)
        return found

    monkeypatch.setattr(apart, "prepared", slow)
    return numbers


def to_attic(meeting: Meeting) -> LiveChange:
    return at_once(meeting, lambda ready: publish_moves(meeting, ["S1"], by=None, at=make.TODAY, ready=ready))


def in_public(meeting: Meeting) -> tuple[str, timedelta]:
    """The room of the first session, and how late the second is."""
    db.session.rollback()
    agenda = released(meeting)
    assert agenda
    room = agenda.by_code["S1"].room
    assert room
    return room.name, agenda.by_code["S2"].starts_at - NINE - 2 * HOUR


def test_moves_keep_a_version_that_came_meanwhile(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = late_meanwhile(monkeypatch)
    to_attic(meeting)
    assert (numbers, in_public(meeting)) == ([1, 2], ("Attic", TEN))


def test_taken_back_they_keep_it_too(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    change = to_attic(meeting)
    numbers = late_meanwhile(monkeypatch)
    at_once(meeting, lambda ready: take_back_moves(change, by=None, at=make.TODAY, ready=ready))
    assert (numbers, in_public(meeting)) == ([2, 3], ("Hall", TEN))
    last = newest_release(meeting)
    assert last and last.number == 4


def test_without_the_proof_it_is_lost(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the version that was read is taken for the last one."""
    numbers = late_meanwhile(monkeypatch)
    for module in (live, actions):
        monkeypatch.setattr(module, "still", lambda ready, last: ready or prepared_from(last))
    to_attic(meeting)
    assert (numbers, in_public(meeting)) == ([1], ("Attic", timedelta()))
