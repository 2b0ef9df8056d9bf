"""What a line is about, as pages show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.queries import themes_of
from eventapp.networking.offers.models import GOAL


@dataclass(frozen=True)
class Tags:
    """Themes as (code, title) and goals as (number, title), as the macro of tags takes them."""

    themes: Sequence[tuple[str, str]]
    goals: Sequence[tuple[int, str]]

    @property
    def in_words(self) -> str:
        """The same in one line."""
        goals = [_("Goal %(number)s: %(title)s", number=number, title=title) for number, title in self.goals]
        return ", ".join([*(f"{code} {title}" for code, title in self.themes), *goals])


def tags_in(meeting: Meeting, codes: Iterable[str]) -> Tags:
    """The tags with these codes, in the reader's language."""
    known, themes, goals = themes_of(meeting), [], []
    for code in codes:
        number = int(code[1:]) if code.startswith(GOAL) and code[1:].isdigit() else 0
        if number in known.goals:
            goals.append((number, known.goals[number].title))
        elif not number:
            themes.append((known.lines[code].short_code, known.lines[code].title))
    return Tags(themes, sorted(goals))


def choices_of(meeting: Meeting) -> list[tuple[str, str]]:
    """Every theme and goal of the meeting as (code, label), to look for lines by."""
    known = themes_of(meeting)
    goals = [(f"{GOAL}{number}", goal.label) for number, goal in known.goals.items()]
    return [*((code, line.label) for code, line in known.lines.items()), *goals]
