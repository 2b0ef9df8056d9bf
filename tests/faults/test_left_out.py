"""A job whose process is killed, or that fails, each time: it is left out for two minutes, and those behind it get their turn."""

import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from eventapp.ground.clock import now
from eventapp.ground.jobs.lanes import SECOND, Lane
from eventapp.ground.jobs.left_out import LONGEST, LeftOut
from eventapp.ground.jobs.scheduler import Job, LongJob
from eventapp.ground.jobs.stopping import Stop

PATIENCE = 180  # seconds
FIRST, BEHIND = "the first", "the one behind"


def job(folder: Path, name: str, ends: Callable[[], object]) -> LongJob[str]:
    """One that is due until it was done, writes down that it was begun, and ends in this way."""
    begun, done = folder / name, folder / f"{name} done"

    def work(_taken: str) -> None:
        with begun.open("a") as log:
            log.write("begun\n")
        ends()
        done.touch()

    return LongJob(name, lambda _at: not done.exists(), lambda _at: name, work)


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise RuntimeError("It always does.")


def lose() -> None:
    raise OperationalError("SELECT 1", {}, Exception("gone"))


def begun(folder: Path, name: str) -> int:
    return len((folder / name).read_text().split()) if (folder / name).exists() else 0


def looked(lane: Lane, at: datetime) -> None:
    """What the worker does at this moment, and wait until what it started has ended."""
    lane.look(at, Stop())
    if lane.process:
        lane.process.join(PATIENCE)
        assert lane.process.exitcode is not None


def lane_of(folder: Path, ends: Callable[[], object]) -> Lane:
    return Lane((), (job(folder, FIRST, ends), job(folder, BEHIND, lambda: None)), SECOND)


@pytest.mark.parametrize("ends", [kill, fail])
def test_the_job_behind_one_that_dies_or_fails_is_done(
    fresh_app: Flask, tmp_path: Path, ends: Callable[[], None]
) -> None:
    lane, at = lane_of(tmp_path, ends), now()
    for seconds in range(5):
        looked(lane, at + timedelta(seconds=2 * seconds))
    assert (begun(tmp_path, FIRST), begun(tmp_path, BEHIND)) == (1, 1)


def test_unless_nobody_remembers_where_it_died(
    fresh_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(LeftOut, "add_the_last", lambda _self, _at: None)
    lane, at = lane_of(tmp_path, kill), now()
    for seconds in range(5):
        looked(lane, at + timedelta(seconds=2 * seconds))
    assert (begun(tmp_path, FIRST), begun(tmp_path, BEHIND)) == (5, 0)


def test_it_is_tried_again_when_two_minutes_are_over(fresh_app: Flask, tmp_path: Path) -> None:
    lane, at = lane_of(tmp_path, kill), now()
    looked(lane, at)
    assert not lane.is_at_it(at) and lane.left_out.has(0, at) and not lane.left_out.has(1, at)
    assert lane.left_out.has(0, at + LONGEST - SECOND) and not lane.left_out.has(0, at + LONGEST)
    assert not lane.left_out.has(0, at - 2 * LONGEST), "the clock was set back"
    fresh_app.config["CLOCK_OFFSET"] = LONGEST
    looked(lane, at + LONGEST)
    assert begun(tmp_path, FIRST) == 2


def test_one_that_finds_the_database_gone_is_tried_at_the_next_look(fresh_app: Flask, tmp_path: Path) -> None:
    lane, at = lane_of(tmp_path, lose), now()
    for seconds in range(3):
        looked(lane, at + timedelta(seconds=2 * seconds))
    assert (begun(tmp_path, FIRST) >= 3, begun(tmp_path, BEHIND)) == (True, 1)


def test_so_it_is_with_what_the_clock_asks_for(fresh_app: Flask, tmp_path: Path) -> None:
    def do(_at: datetime) -> int:
        (tmp_path / BEHIND).write_text("begun\n")
        return 0

    def die(_at: datetime) -> int:
        kill()
        return 0

    lane, at = Lane((Job(FIRST, lambda _at: True, die), Job(BEHIND, lambda _at: True, do)), (), SECOND), now()
    looked(lane, at)
    assert begun(tmp_path, BEHIND) == 0
    looked(lane, at + 2 * SECOND)
    assert begun(tmp_path, BEHIND) == 1
