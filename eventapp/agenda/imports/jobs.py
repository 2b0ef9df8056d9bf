"""What the worker does for files of sessions, and what time does to them."""

from eventapp.agenda.imports.actions import forget_old
from eventapp.agenda.imports.queries import old_rows
from eventapp.agenda.imports.working import is_due, take, work
from eventapp.ground.jobs.scheduler import Job, LongJob

JOBS = (Job("forget imports of sessions", lambda at: bool(old_rows(at, most=1)), lambda at: forget_old(at=at)),)
LONG_JOBS: tuple[LongJob[int], ...] = (LongJob("import sessions", is_due, take, work, is_heavy=True),)
