"""What time does to commitments."""

from datetime import datetime

from eventapp.commitments.actions import remind_next
from eventapp.commitments.queries import next_to_remind
from eventapp.ground.jobs.scheduler import Job


def remind(at: datetime) -> int:
    """Write to the owner of the next commitment that is due. Returns how many letters."""
    return remind_next(at=at)


JOBS = (Job("remind of commitments", lambda at: next_to_remind(at) is not None, remind),)
