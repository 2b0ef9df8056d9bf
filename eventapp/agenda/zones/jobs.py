"""What the worker does about time zones: at its start and once a day it compares every session to come."""

from datetime import date, datetime

from eventapp.agenda.zones.actions import mark, write_walls
from eventapp.agenda.zones.queries import newly_off, unwritten
from eventapp.ground.jobs.scheduler import Job

compared_on: list[date] = []  # by this worker: the rules are read anew when it is started anew


def is_due(at: datetime) -> bool:
    """Whether this worker has not compared today."""
    return compared_on != [at.date()]


def compare(at: datetime) -> int:
    """Mark what newer rules show at another time. Returns how many."""
    found = newly_off(at)
    mark(found)
    compared_on[:] = [at.date()]
    return len(found)


JOBS = (
    Job("write down clocks", lambda _at: bool(unwritten(most=1)), lambda _at: write_walls()),
    Job("compare time zones", is_due, compare),
)
