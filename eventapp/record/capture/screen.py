"""What the capture screen shows beside the form: keys, suggested goals, the clock of the session."""

from collections.abc import Iterable
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.ground.text.dates import local, offset
from eventapp.ground.text.i18n import _
from eventapp.meetings.themes.content import Theme
from eventapp.meetings.themes.queries import themes_of
from eventapp.vocabulary.goals import GOALS, Goal


class Screen:
    """The parts of the screen that are no field."""

    def __init__(self, session: Session, chosen: Iterable[str], at: datetime, goals: Iterable[int] = ()) -> None:
        self.session, self.at, self.chosen, self.chosen_goals = session, at, tuple(chosen), tuple(goals)
        self.themes = themes_of(session.meeting)
        self.lines = self.themes.lines
        self.suggestions = self.themes.suggested(self.chosen)

    @property
    def groups(self) -> list[tuple[str, list[Theme]]]:
        """The sets of themes, each as its name and its themes; last what this note has of sets that are gone."""
        found = [(one.label, list(one.themes.values())) for one in self.themes.groups]
        left = [self.lines[code] for code in self.chosen if code not in self.lines]
        return [*found, *([(_("No longer offered"), left)] if left else [])]

    @property
    def goals(self) -> list[tuple[Goal, bool]]:
        """Every goal, the suggested ones first; True for those that most of the chosen lines are linked to.

        Where the meeting has no goals, those that this note has from before.
        """
        if not self.themes.goals:
            return [(GOALS[number], False) for number in self.chosen_goals if number in GOALS]
        most = len(self.suggestions[0].lines) if self.suggestions else 0
        first = [(GOALS[one.goal], len(one.lines) == most) for one in self.suggestions]
        known = {goal.number for goal, _both in first}
        return first + [(goal, False) for goal in GOALS.values() if goal.number not in known]

    @property
    def marks(self) -> str:
        """How themes are written before the text, as an example: two of them and a goal, as far as there are some."""
        shipped = self.themes.are_shipped and self.lines
        lines = ["#c2", "#c7agr"] if shipped else [f"#{code.lower()}" for code in list(self.lines)[:2]]
        return " ".join([*lines, *(["#sdg2"] if self.themes.goals else [])])

    def linked(self, line: str) -> str:
        """The goals the Matrix links with this line, each with the number of its targets: 9:2."""
        return " ".join(f"{goal}:{len(link.targets)}" for goal, link in self.themes.matrix.get(line, {}).items())

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
