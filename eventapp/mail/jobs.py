"""What time does to letters. Those of a long time ago are emptied by meetings/retention, which counts them."""

from datetime import datetime

from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job
from eventapp.mail.actions import forget_failed
from eventapp.mail.failing.actions import forget_old
from eventapp.mail.failing.queries import failed_last_year
from eventapp.mail.queries import failed_long_ago


def has_old_failures(at: datetime) -> bool:
    """Whether letters did not arrive at an address a year ago, and nothing was heard of it since."""
    return db.session.scalar(failed_last_year(at).limit(1)) is not None


JOBS = (
    Job("forget failed emails", lambda at: bool(failed_long_ago(at, most=1)), lambda at: forget_failed(at=at)),
    Job("forget failing addresses", has_old_failures, forget_old),
)
