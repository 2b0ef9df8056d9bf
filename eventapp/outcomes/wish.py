"""What somebody looks for among notes: words in any script, a kind, an action line, a goal."""

from collections.abc import Mapping
from dataclasses import dataclass

from eventapp.outcomes.attribution import attribution
from eventapp.outcomes.models import Note
from eventapp.text import plain, writable
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.notes import NOTE_KINDS
from eventapp.vocabulary.term import choices

LONGEST = 200


@dataclass(frozen=True)
class Wish:
    """Only what is set is asked for; what nobody knows is not asked for."""

    words: str = ""
    kind: str = ""
    line: str = ""
    goal: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wish":
        """The wish in the address of a page."""
        kind, line, goal = (asked.get(name, "") for name in ("kind", "line", "goal"))
        return cls(
            words=writable(asked.get("q", "").strip()[:LONGEST]),
            kind=kind if kind in NOTE_KINDS else "",
            line=line if line in ACTION_LINES else "",
            goal=goal if goal in map(str, GOALS) else "",
        )

    def __bool__(self) -> bool:
        return bool(self.words or self.kind or self.line or self.goal)

    def fits(self, note: Note) -> bool:
        """Whether this note has all that is asked for. Names are found only as far as they may be told."""
        now = note.current
        told = plain(now.title, now.text, note.reference, attribution(note))
        return (
            (not self.kind or now.kind == self.kind)
            and (not self.line or self.line in now.action_lines)
            and (not self.goal or int(self.goal) in now.goals)
            and all(word in told for word in plain(self.words).split())
        )

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return choices(NOTE_KINDS)

    @property
    def lines(self) -> list[tuple[str, str]]:
        return [(code, one.label) for code, one in ACTION_LINES.items()]

    @property
    def goals(self) -> list[tuple[str, str]]:
        return [(str(number), one.label) for number, one in GOALS.items()]
