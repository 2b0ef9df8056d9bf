"""What time does to announcements."""

from datetime import datetime

from eventapp.announcements.actions import turn_next
from eventapp.announcements.queries import next_to_turn
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job


def has_turned(at: datetime) -> bool:
    """Whether an announcement has begun or ended since the last look."""
    return db.session.scalar(next_to_turn(at)) is not None


JOBS = (Job("turn announcements", has_turned, turn_next),)
