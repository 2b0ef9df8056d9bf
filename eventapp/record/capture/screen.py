"""What the capture screen shows beside the form: keys, suggested goals, the clock of the session."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.ground.text.dates import local, offset
from eventapp.ground.text.i18n import _
from eventapp.vocabulary.goals import GOALS, Goal
from eventapp.vocabulary.lines import ACTION_LINES, ActionLine
from eventapp.vocabulary.matrix import MATRIX, suggested_goals


class Screen:
    """The parts of the screen that are no field."""

    lines: Mapping[str, ActionLine] = ACTION_LINES

    def __init__(self, session: Session, chosen: Iterable[str], at: datetime) -> None:
        self.session, self.at, self.chosen = session, at, tuple(chosen)
        self.suggestions = suggested_goals(self.chosen)

    @property
    def goals(self) -> list[tuple[Goal, bool]]:
        """Every goal, the suggested ones first; True for those that most of the chosen lines are linked to."""
        most = len(self.suggestions[0].lines) if self.suggestions else 0
        first = [(GOALS[one.goal], len(one.lines) == most) for one in self.suggestions]
        known = {goal.number for goal, _both in first}
        return first + [(goal, False) for goal in GOALS.values() if goal.number not in known]

    def linked(self, line: str) -> str:
        """The goals the Matrix links with this line, each with the number of its targets: 9:2."""
        return " ".join(f"{goal}:{len(link.targets)}" for goal, link in MATRIX.get(line, {}).items())

    @property
    def clock(self) -> str:
        """How long the session has run and has left, '' before and after."""
        if not self.session.starts_at <= self.at < self.session.ends_at:
            return ""
        gone = int((self.at - self.session.starts_at).total_seconds() // 60)
        left = int((self.session.ends_at - self.at).total_seconds() // 60)
        return _("%(gone)s min in · %(left)s left", gone=gone, left=left)


def time_on(at: datetime, session: Session) -> str:
    """Hours, minutes and seconds on the wall of the meeting."""
    return f"{local(at, session.meeting.tz):%H:%M:%S}"


def on_the_clock(at: datetime, session: Session) -> str:
    """The same, and where that is: 11:05:12 UTC+7."""
    return f"{time_on(at, session)} {offset(at, session.meeting.tz)}"
