"""What somebody looks for among notes: words in any script, a kind, an action line, a goal."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from eventapp.ground.text.policy import writable
from eventapp.meetings.themes.content import SHIPPED, Themes
from eventapp.vocabulary.notes import NOTE_KINDS
from eventapp.vocabulary.term import choices

LONGEST = 200


@dataclass(frozen=True)
class NoteFilter:
    """Only what is set is asked for; what nobody knows is not asked for."""

    words: str = ""
    kind: str = ""
    line: str = ""
    goal: str = ""
    themes: Themes = field(default=SHIPPED, compare=False)

    @classmethod
    def of(cls, asked: Mapping[str, str], themes: Themes = SHIPPED) -> "NoteFilter":
        """The filter in the address of a page, over notes that carry these themes."""
        kind, line, goal = (asked.get(name, "") for name in ("kind", "line", "goal"))
        return cls(
            words=writable(asked.get("q", "").strip()[:LONGEST]),
            kind=kind if kind in NOTE_KINDS else "",
            line=line if line in themes.lines else "",
            goal=goal if goal in map(str, themes.goals) else "",
            themes=themes,
        )

    def __bool__(self) -> bool:
        return bool(self.words or self.kind or self.line or self.goal)

    def address(self, **changes: object) -> dict[str, object]:
        """The words of an address that asks for the same, but for these changes."""
        asked = {"q": self.words, "kind": self.kind, "line": self.line, "goal": self.goal, **changes}
        return {name: value for name, value in asked.items() if value}

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return choices(NOTE_KINDS)

    @property
    def lines(self) -> list[tuple[str, str]]:
        return [(code, one.label) for code, one in self.themes.lines.items()]

    @property
    def goals(self) -> list[tuple[str, str]]:
        return [(str(number), one.label) for number, one in self.themes.goals.items()]
