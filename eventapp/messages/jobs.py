"""What the worker does for messages while their organizers look on."""

from datetime import datetime

from eventapp.ground.jobs.scheduler import Job, LongJob
from eventapp.messages.actions import follow_meeting
from eventapp.messages.preparing import Batch, has_stopped, prepare, stop_next, take
from eventapp.messages.queries import is_due, moved_reminders


def follow_meetings(_at: datetime) -> int:
    """Move reminders whose meeting has moved. Returns how many."""
    moved = moved_reminders()
    for message in moved:
        follow_meeting(message)
    return len(moved)


JOBS = (Job("move reminders", lambda _at: bool(moved_reminders()), follow_meetings),)
WRITING: LongJob[Batch] = LongJob("write letters of messages", is_due, take, prepare)
STOPPING: LongJob[list[int]] = LongJob("stop letters of messages", has_stopped, stop_next, lambda _stopped: None)
LONG_JOBS = (STOPPING, WRITING)
