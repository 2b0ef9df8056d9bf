"""The public balance as a table: rows of groups, with cells that span the rows that were counted together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eventapp.balance.counting.breakdowns import AND, BREAKDOWNS, Breakdown
from eventapp.balance.counting.stages import STAGES
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _

Block = tuple[list[str], int]  # groups that were counted together, and how many people


@dataclass(frozen=True)
class Cell:
    """One number: at which stage, of how many people, of which groups, over how many rows it stands."""

    stage: str
    people: int
    groups: tuple[str, ...]

    @property
    def rows(self) -> int:
        return len(self.groups)


@dataclass(frozen=True)
class Table:
    """One breakdown: the words above its rows, the stages, and for each row its name and the cells that begin there."""

    name: str
    label: str
    stages: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]

    @property
    def top(self) -> int:
        """The number a full bar stands for."""
        return max((cell.people for _label, cells in self.rows for cell in cells), default=0)


def tables(content: Record) -> list[Table]:
    """Return every breakdown of what was counted, with the groups in the reader's language."""
    return [table_of(name, content["breakdowns"][name]) for name in BREAKDOWNS if content["breakdowns"].get(name)]


def table_of(name: str, by_stage: Mapping[str, Sequence[Block]]) -> Table:
    stages = tuple(stage for stage in STAGES if stage in by_stage)
    breakdown = BREAKDOWNS[name]
    codes = [code for each in by_stage.values() for block, _people in each for code in block]
    label_of = label_alone(breakdown) if any(AND in code for code in codes) else breakdown.label_of
    order = [code for codes, _people in by_stage[stages[0]] for code in codes]
    begins = {(stage, codes[0]): (codes, people) for stage in stages for codes, people in by_stage[stage]}
    rows = []
    for code in order:
        found = [(stage, *begins[stage, code]) for stage in stages if (stage, code) in begins]
        cells = (Cell(stage, people, tuple(map(label_of, codes))) for stage, codes, people in found)
        rows.append((label_of(code), tuple(cells)))
    return Table(name, str(breakdown.label), stages, tuple(rows))


def label_alone(breakdown: Breakdown) -> Callable[[str], str]:
    """What a group is called where those that are in two groups have a line of their own."""
    return lambda code: (
        _("%(group)s, and in no other group", group=breakdown.label_of(code))
        if code and AND not in code
        else breakdown.label_of(code)
    )


def lines(content: Record) -> list[list[str]]:
    """Return the same as lines of a table for a spreadsheet: what is counted, which groups, which stage, how many."""
    return [
        [table.label, "; ".join(cell.groups), str(STAGES[cell.stage]), str(cell.people)]
        for table in tables(content)
        for _label, cells in table.rows
        for cell in cells
    ] + [["", "", str(STAGES[stage]), str(people)] for stage, people in totals(content).items()]


def totals(content: Record) -> dict[str, int]:
    """Return how many people came to each stage that may be shown."""
    return {stage: content["totals"][stage] for stage in STAGES if stage in content["totals"]}
