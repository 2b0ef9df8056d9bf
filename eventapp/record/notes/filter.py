"""What somebody looks for among notes: words in any script, a kind, an action line, a goal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from eventapp.ground.text.policy import search_key, writable
from eventapp.meetings.themes.content import SHIPPED, Themes
from eventapp.record.notes.attribution import attributed, ceiling_under
from eventapp.vocabulary.notes import NOTE_KINDS
from eventapp.vocabulary.term import choices

LONGEST = 200


class NoteRow(NamedTuple):
    """What is asked about of a note, in plain values: its session's code and rule, and what it says now."""

    id: int
    code: str
    number: int
    rule: str
    kind: str
    title: str
    text: str
    action_lines: list[str]
    goals: list[int]
    ceiling: str
    speaker: str
    organization: str
    stakeholder_type: str


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

    def fits(self, note: NoteRow) -> bool:
        """Whether this note has all that is asked for. Names are found only as far as they may be told."""
        return (
            (not self.kind or note.kind == self.kind)
            and (not self.line or self.line in note.action_lines)
            and (not self.goal or int(self.goal) in note.goals)
            and self.has_words(note)
        )

    def has_words(self, note: NoteRow) -> bool:
        """Whether every word is somewhere in what the world reads of this note."""
        words = search_key(self.words).split()
        if not words:
            return True
        source = attributed(note, ceiling_under(note.rule, note.ceiling))
        text = search_key(note.title, note.text, f"{note.code}-{note.number:02d}", source)
        return all(word in text for word in words)

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
