"""What the worker does about slots and time zones, as `agenda/zones/jobs.py` does about sessions."""

from datetime import date, datetime

from eventapp.ground.jobs.scheduler import Job
from eventapp.networking.slots.clocks import mark
from eventapp.networking.slots.queries import newly_off

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


JOBS = (Job("compare slots with time zones", is_due, compare),)
