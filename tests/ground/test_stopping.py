"""A signal tells a worker to stop at whatever line of its waiting it comes."""

import subprocess
import sys

import pytest

from config import ROOT
from eventapp.ground.jobs.stopping import Stop

# Raises the signal at one line of the waiting after the other, until it never comes, or its handler waits for itself.
AT_EACH_LINE = """
import signal, sys
from threading import Event
from eventapp.ground.jobs.stopping import Stop

class Stuck(BaseException): pass

def alarmed(*_):
    raise Stuck

def comes_at(number, make):
    stop, seen = make(), 0

    def trace(frame, event, _arg):
        nonlocal seen
        seen += event == "line"
        if event == "line" and seen == number:
            signal.raise_signal(signal.SIGTERM)
        return trace

    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGALRM, alarmed)
    signal.setitimer(signal.ITIMER_REAL, float(sys.argv[2]))
    sys.settrace(trace)
    try:
        stop.wait(0.001)
    except Stuck:
        return "stuck"
    finally:
        sys.settrace(None)
        signal.setitimer(signal.ITIMER_REAL, 0)
    return "stopped" if stop.is_set() else "over"

make, number, found = {"Stop": Stop, "Event": Event}[sys.argv[1]], 1, []
while not found or found[-1] == "stopped":
    found.append(comes_at(number, make))
    number += 1
print(*found)
"""


def said_by(kind: str, patience: int) -> list[str]:
    """What became of each waiting; one that takes longer than so many seconds is stuck."""
    command = [sys.executable, "-c", AT_EACH_LINE, kind, str(patience)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return done.stdout.decode().split()


def test_a_signal_at_any_line_stops_who_waits() -> None:
    *found, _last = said_by("Stop", 60)
    assert len(found) > 3 and {*found} == {"stopped"}


def test_who_waits_for_an_event_would_wait_for_itself() -> None:
    """The control."""
    assert "stuck" in said_by("Event", 5)


@pytest.mark.parametrize("is_told", [True, False])
def test_waiting_says_whether_it_was_told(is_told: bool) -> None:
    stop = Stop()
    if is_told:
        stop.set()
    assert [stop.wait(0.01), stop.wait(0.01), stop.is_set()] == [is_told] * 3
