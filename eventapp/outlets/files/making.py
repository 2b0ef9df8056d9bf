"""A file of an outlet of a large meeting, as the worker makes it."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import Lease, Made, Tell
from eventapp.outlets.submissions import OUTLETS
from eventapp.review.formats.writers import written_by_worker

OUTLET = "outlet"
STEPS = 2


class Wanted(NamedTuple):
    """Which file: of which outlet, in which format, and how much of a source it says."""

    outlet: str
    ending: str
    policy: str

    @property
    def key(self) -> str:
        return ".".join(self)


def wanted_in(key: str) -> Wanted:
    """Return what `Wanted.key` wrote."""
    return Wanted(*key.split("."))


def make(meeting: Meeting, lease: Lease, tell: Tell, *, clock: Callable[[], datetime]) -> Made:
    """The form as a file, filled from the notes that are cleared now. Nothing is to be said of it."""
    outlet, ending, policy = wanted_in(lease.wanted)
    tell(0, STEPS)
    paper = OUTLETS[outlet](meeting, policy=policy, on=clock().astimezone(meeting.tz).date())
    tell(1, STEPS)
    content = written_by_worker(paper.text, ending, lambda: tell(1, STEPS))
    tell(STEPS, STEPS)
    return Made(content)
