"""Coverage: what the notes touched of the 18 action lines and 17 goals, against what the Matrix expects."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.matrix import MATRIX

ALL = ""  # the only row of the table where a meeting has goals alone
WIDEST = 5
STEPS = (1, 2, 3, 5)  # notes from which a cell takes the next of its four tones


@dataclass(frozen=True)
class Tagged:
    """Notes as coverage sees them: their action lines and their goals, and how many have just these."""

    lines: tuple[str, ...]
    goals: tuple[int, ...]
    notes: int = 1


@dataclass
class Counts:
    """How many notes name each action line and each pair of a line and a goal, and how many notes there are."""

    pairs: Counter[tuple[str, int]] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    notes: int = 0

    def add(self, lines: Iterable[str], goals: Mapping[int, int], notes: int) -> None:
        """Count this many notes more, of the same lines; `goals` says how many of them name each goal."""
        self.notes += notes
        for line in set(lines):
            self.lines[line] += notes
            for goal, number in goals.items():
                self.pairs[line, goal] += number

    def update(self, other: "Counts") -> None:
        """Count these too."""
        self.pairs.update(other.pairs)
        self.lines.update(other.lines)
        self.notes += other.notes


@dataclass(frozen=True)
class Cell:
    """One action line and one goal: how many notes name both, and whether the Matrix expects it."""

    line: str
    goal: int
    notes: int
    expected: bool

    @property
    def is_gap(self) -> bool:
        return self.expected and not self.notes

    @property
    def is_extra(self) -> bool:
        return bool(self.notes) and not self.expected

    @property
    def step(self) -> int:
        """Return the tone: 0 for none, 1 for one note, 2 for two, 3 for three or four, 4 for more."""
        return sum(self.notes >= start for start in STEPS)


@dataclass(frozen=True)
class Row:
    """One action line over the 17 goals, and the notes that name the line at all."""

    line: str
    cells: tuple[Cell, ...]
    notes: int

    @property
    def expected(self) -> int:
        return sum(cell.expected for cell in self.cells)

    @property
    def gaps(self) -> int:
        return len(self.open_goals)

    @property
    def open_goals(self) -> tuple[int, ...]:
        """Return the expected goals that have nothing."""
        return tuple(cell.goal for cell in self.cells if cell.is_gap)


@dataclass(frozen=True)
class Coverage:
    """The whole table, in the order of the action lines."""

    rows: tuple[Row, ...]
    notes: int

    @property
    def expected(self) -> int:
        return sum(row.expected for row in self.rows)

    @property
    def missing(self) -> int:
        return sum(row.gaps for row in self.rows)

    @property
    def recorded(self) -> int:
        """Return how many expected pairs have at least one note."""
        return self.expected - self.missing

    @property
    def extra(self) -> int:
        return sum(cell.is_extra for row in self.rows for cell in row.cells)

    @property
    def widest_gaps(self) -> list[Row]:
        """Return the lines with the most expected goals that have nothing, widest first."""
        open_rows = [row for row in self.rows if row.gaps]
        return sorted(open_rows, key=lambda row: -row.gaps)[:WIDEST]

    def cell(self, line: str, goal: int) -> Cell | None:
        """Return one cell, or None where there is no such line or goal."""
        cells = (cell for row in self.rows for cell in row.cells)
        return next((cell for cell in cells if (cell.line, cell.goal) == (line, goal)), None)


def coverage(
    notes: Sequence[Tagged],
    *,
    lines: Iterable[str] = tuple(ACTION_LINES),
    goals: Iterable[int] = tuple(GOALS),
    matrix: Mapping[str, Container[int]] = MATRIX,
) -> Coverage:
    """Return the table for these notes; a note with two lines and three goals counts in six cells."""
    counts = Counts()
    for note in notes:
        counts.add(note.lines, dict.fromkeys(note.goals, note.notes), note.notes)
    return table_of(counts, lines=lines, goals=goals, matrix=matrix)


def table_of(
    counts: Counts,
    *,
    lines: Iterable[str] = tuple(ACTION_LINES),
    goals: Iterable[int] = tuple(GOALS),
    matrix: Mapping[str, Container[int]] = MATRIX,
) -> Coverage:
    """Return the table for notes that were counted."""
    columns = tuple(goals)
    rows = tuple(
        Row(
            line,
            tuple(Cell(line, goal, counts.pairs[line, goal], goal in matrix.get(line, ())) for goal in columns),
            counts.lines[line],
        )
        for line in lines
    )
    return Coverage(rows, counts.notes)
