"""What time does to letters."""

from eventapp.ground.jobs.scheduler import Job
from eventapp.mail.actions import forget_failed
from eventapp.mail.queries import failed_long_ago

JOBS = (Job("forget letters", lambda at: bool(failed_long_ago(at, most=1)), lambda at: forget_failed(at=at)),)
