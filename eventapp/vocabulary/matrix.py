"""The WSIS-SDG Matrix: which goals an action line should serve. It suggests, it never blocks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from eventapp.ground.db.types import Record
from eventapp.vocabulary.data.shipped import rows


@dataclass(frozen=True)
class Link:
    """One cell of the Matrix; no targets means that the goal as a whole is linked."""

    line: str
    goal: int
    targets: tuple[str, ...]
    confidence: str
    note: str


@dataclass(frozen=True)
class Suggestion:
    """One goal for a set of lines: the lines that share it, and the targets that say why."""

    goal: int
    lines: tuple[str, ...]
    targets: tuple[str, ...]


def _links(line: str, cells: list[Record]) -> Mapping[int, Link]:
    return MappingProxyType(
        {
            cell["goal"]: Link(
                line=line,
                goal=cell["goal"],
                targets=tuple(cell["targets"]),
                confidence=cell["confidence"],
                note=cell.get("note", ""),
            )
            for cell in cells
        }
    )


MATRIX: Mapping[str, Mapping[int, Link]] = MappingProxyType(
    {row["line"]: _links(row["line"], row["cells"]) for row in rows("matrix")}
)


def is_expected(line: str, goal: int) -> bool:
    """Say whether the Matrix links this line with this goal."""
    return goal in MATRIX.get(line, {})


def suggested_goals(lines: Iterable[str]) -> list[Suggestion]:
    """Return the goals the lines point to, best first: most lines, then most targets, then number.

    C3 and C10 are linked with nearly everything, so a plain list would suggest everything.
    """
    links = [link for line in dict.fromkeys(lines) for link in MATRIX.get(line, {}).values()]
    found = [_suggestion(goal, links) for goal in sorted({link.goal for link in links})]
    return sorted(found, key=lambda one: (-len(one.lines), -len(one.targets), one.goal))


def _suggestion(goal: int, links: list[Link]) -> Suggestion:
    mine = [link for link in links if link.goal == goal]
    targets = dict.fromkeys(target for link in mine for target in link.targets)
    return Suggestion(goal, tuple(link.line for link in mine), tuple(targets))
