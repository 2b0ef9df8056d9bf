"""What the worker does for decisions about many, and what time does to them."""

from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job, LongJob
from eventapp.registration.decisions.tasks.actions import Lease, forget_next, take
from eventapp.registration.decisions.tasks.queries import is_due, old_tasks
from eventapp.registration.decisions.tasks.working import work

JOBS = (Job("forget decisions", lambda at: db.session.scalar(old_tasks(at).limit(1)) is not None, forget_next),)
LONG_JOBS: tuple[LongJob[Lease], ...] = (LongJob("decide about many", is_due, take, work),)
