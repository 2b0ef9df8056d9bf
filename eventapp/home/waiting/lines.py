"""A line of what waits: where, what, and the page where it is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from eventapp.meetings.models import Meeting

TONES = ("stop", "wait", "off")
MOST_LINES = 12


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody; `endpoint` is the page where it is done, `due` sorts it."""

    meeting: Meeting
    what: str
    verb: str
    endpoint: str
    values: Mapping[str, str] = field(default_factory=dict)
    tone: str = "wait"
    due: datetime | None = None

    @property
    def order(self) -> tuple[int, bool, float]:
        """What is late first, then what has a time, the earliest first."""
        return TONES.index(self.tone), self.due is None, self.due.timestamp() if self.due else 0.0
