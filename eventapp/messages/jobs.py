"""What the worker does for messages while their organizers look on."""

from eventapp.ground.jobs.scheduler import LongJob
from eventapp.messages.preparing import Batch, has_stopped, prepare, stop_next, take
from eventapp.messages.queries import is_due

WRITING: LongJob[Batch] = LongJob("write letters of messages", is_due, take, prepare)
STOPPING: LongJob[list[int]] = LongJob("stop letters of messages", has_stopped, stop_next, lambda _stopped: None)
LONG_JOBS = (STOPPING, WRITING)
