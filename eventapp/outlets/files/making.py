"""A file of an outlet of a large meeting, as the worker makes it."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from eventapp.ground.jobs.leased import watched
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import Lease, Made, Tell
from eventapp.outlets.submissions import KINDS, OUTLETS, TABLE
from eventapp.outlets.table import FILES, links, table_file
from eventapp.review.formats.writers import FORMATS, written_by_worker

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

    @property
    def is_known(self) -> bool:
        """Whether there is such a file."""
        return self.ending in (FILES if self.outlet == TABLE else FORMATS) and self.outlet in (*OUTLETS, TABLE)

    @property
    def title(self) -> str:
        return _("Action lines and goals, with reasons") if self.outlet == TABLE else KINDS[self.outlet].title

    @property
    def name(self) -> str:
        """What the file is called, behind the name of its meeting."""
        return f"{'action-lines-goals' if self.outlet == TABLE else self.outlet}.{self.ending}"


def wanted_in(key: str) -> Wanted:
    """Return what `Wanted.key` wrote."""
    return Wanted(*key.split("."))


def make(meeting: Meeting, lease: Lease, tell: Tell, *, clock: Callable[[], datetime]) -> Made:
    """The form or the table as a file, of the notes that are cleared now. Nothing is to be said of it."""
    outlet, ending, policy = wanted_in(lease.wanted)
    tell(0, STEPS)
    if outlet == TABLE:
        slug, rows = meeting.slug, links(meeting)
        tell(1, STEPS)
        return Made(watched(lambda: table_file(slug, rows, ending), lambda: tell(1, STEPS)))
    paper = OUTLETS[outlet](meeting, policy=policy, on=clock().astimezone(meeting.tz).date())
    tell(1, STEPS)
    content = written_by_worker(paper.text, ending, lambda: tell(1, STEPS))
    tell(STEPS, STEPS)
    return Made(content)
