"""What time does to people who are erased: their names are looked for, some rows at each step."""

from datetime import datetime

from eventapp.erasure.actions import read_ahead
from eventapp.erasure.queries import next_to_erase
from eventapp.ground.jobs.scheduler import Job


def sweep_next(at: datetime) -> int:
    """Read and look through the next rows. Returns how many people that was for."""
    return read_ahead()(at)


JOBS = (Job("erase names", lambda _at: next_to_erase() is not None, sweep_next, read=read_ahead),)
