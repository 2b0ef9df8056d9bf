"""What time does to what people said of when they can take part: it is forgotten with what they need."""

from datetime import datetime

from eventapp.agenda.availability.actions import forget_old
from eventapp.agenda.availability.queries import over_long_ago
from eventapp.ground.jobs.scheduler import Job


def forget_next(at: datetime) -> int:
    """Delete the next. Returns how many."""
    return forget_old(at=at)


JOBS = (Job("forget when people can take part", lambda at: bool(over_long_ago(at, most=1)), forget_next),)
