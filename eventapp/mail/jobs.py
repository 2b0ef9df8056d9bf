"""What time does to letters."""

from eventapp.ground.jobs.scheduler import Job
from eventapp.mail.actions import empty_old, forget_failed
from eventapp.mail.queries import failed_long_ago, with_old_words

JOBS = (
    Job("forget failed emails", lambda at: bool(failed_long_ago(at, most=1)), lambda at: forget_failed(at=at)),
    Job("empty emails", lambda at: bool(with_old_words(at, most=1)), lambda at: empty_old(at=at)),
)
