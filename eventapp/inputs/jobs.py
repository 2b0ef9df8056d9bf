"""What time does to inputs."""

from datetime import datetime

from eventapp.ground.jobs.scheduler import Job
from eventapp.inputs.answers.actions import forget_typed
from eventapp.inputs.answers.queries import to_forget


def forget_next(at: datetime) -> int:
    """Delete answers to personal questions whose days are over. Returns how many."""
    return forget_typed(at=at)


JOBS = (Job("forget answers of inputs", lambda at: bool(to_forget(at, most=1)), forget_next),)
