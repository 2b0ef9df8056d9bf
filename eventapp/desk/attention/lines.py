"""A line of the list of what needs attention, and what every question is asked about."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from babel.dates import format_skeleton

from eventapp.ground.text.i18n import language
from eventapp.meetings.models import Meeting
from eventapp.record.progress import SessionProgress
from eventapp.record.sessions.queries import Hours

MOST_LINES = 7
TONES = ("stop", "wait", "off")
SOON = timedelta(days=1)
NAMED = 5  # sessions named in one line


@dataclass(frozen=True)
class Line:
    """One line of the list. `endpoint` is the page where it is put right; `at` sorts it."""

    tone: str
    when: str
    at: datetime
    what: str
    why: str
    verb: str
    endpoint: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """What all questions are asked about."""

    meeting: Meeting
    at: datetime
    standings: Sequence[SessionProgress[Hours]]

    def clock(self, moment: datetime) -> str:
        """A moment as a line shows it: the hour where it is today, else the day."""
        local, today = moment.astimezone(self.meeting.tz), self.at.astimezone(self.meeting.tz).date()
        if local.date() == today:
            return f"{local:%H:%M}"
        return str(format_skeleton("MMMd", local, locale=language()))


Question = Callable[[Look], Iterator[Line]]
