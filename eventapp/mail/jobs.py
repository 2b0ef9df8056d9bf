"""What time does to letters. Those of a long time ago are emptied by meetings/retention, which counts them."""

from eventapp.ground.jobs.scheduler import Job
from eventapp.mail.actions import forget_failed
from eventapp.mail.queries import failed_long_ago

JOBS = (Job("forget failed emails", lambda at: bool(failed_long_ago(at, most=1)), lambda at: forget_failed(at=at)),)
