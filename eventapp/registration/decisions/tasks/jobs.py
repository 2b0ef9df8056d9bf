"""What the worker does for decisions about many, and what time does to them."""

from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job, LongJob
from eventapp.ground.jobs.sliced import is_due
from eventapp.ground.jobs.slices import Lease, take
from eventapp.registration.decisions.tasks.actions import forget_next
from eventapp.registration.decisions.tasks.models import DecisionTask
from eventapp.registration.decisions.tasks.queries import old_tasks
from eventapp.registration.decisions.tasks.working import work

JOBS = (Job("forget decisions", lambda at: db.session.scalar(old_tasks(at).limit(1)) is not None, forget_next),)
LONG_JOBS: tuple[LongJob[Lease[DecisionTask]], ...] = (
    LongJob("decide about many", lambda at: is_due(DecisionTask, at), lambda at: take(DecisionTask, at), work),
)
