"""What the worker does for large copies of meetings that were asked for."""

from eventapp.desk.starting.coming import COPY
from eventapp.ground.jobs.scheduler import LongJob
from eventapp.meetings.arriving.actions import Lease
from eventapp.meetings.arriving.jobs import arriving

LONG_JOBS: tuple[LongJob[Lease], ...] = (arriving("copy meetings", COPY),)
