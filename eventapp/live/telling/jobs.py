"""What the worker does for live changes."""

from eventapp.ground.jobs.scheduler import LongJob
from eventapp.live.telling.preparing import Notice, prepare, take
from eventapp.live.telling.queries import is_due

LONG_JOBS: tuple[LongJob[Notice], ...] = (LongJob("write letters of live changes", is_due, take, prepare),)
