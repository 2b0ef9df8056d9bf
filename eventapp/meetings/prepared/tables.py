"""Tables of a meeting for a spreadsheet, read in slices: short ones in the request, long ones by the worker."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from eventapp.ground.db.types import Record
from eventapp.ground.jobs.leased import to_nobody
from eventapp.ground.tables.formats import XLSX
from eventapp.ground.tables.writing import csv_of, xlsx_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import Lease, Made, Make, Tell

LONG = 2000  # lines: to read and write more takes longer than a second. The one place where this is said
SLICE = 500  # lines that are read at once
TYPES: Mapping[str, str] = MappingProxyType({"csv": "text/csv", "xlsx": XLSX})


@dataclass(frozen=True)
class Table:
    """A table as it is asked for; its lines are read while they are written, and then `taken` is whole."""

    title: str
    head: Sequence[str]
    many: int
    lines: Iterable[Sequence[str]]
    taken: Record = field(default_factory=dict)  # what is written down of who takes it along
    opens_sealed: bool = False  # its lines say what the database holds sealed

    @property
    def is_long(self) -> bool:
        """Whether the worker writes it."""
        return self.many > LONG


Read = Callable[[Meeting, Record], Table]


def in_slices(
    numbers: Sequence[int], read: Callable[[Sequence[int]], Iterable[Sequence[str]]]
) -> Iterator[Sequence[str]]:
    """The lines that `read` makes of these numbers of rows, some at a time."""
    for start in range(0, len(numbers), SLICE):
        yield from read(numbers[start : start + SLICE])


def written(table: Table, ending: str, tell: Tell = to_nobody) -> bytes:
    """The table as a file: csv or xlsx."""
    lines = _with_progress(table, tell)
    return csv_of(table.head, lines) if ending == "csv" else xlsx_of(table.title, table.head, lines)


def making_of(read: Read) -> Make:
    """What the worker does for a table: read and write it, and say as it does how far it is."""

    def make(meeting: Meeting, lease: Lease, tell: Tell) -> Made:
        table = read(meeting, lease.details)
        return Made(written(table, lease.details["ending"], tell), taken=table.taken, opens_sealed=table.opens_sealed)

    return make


def _with_progress(table: Table, tell: Tell) -> Iterator[Sequence[str]]:
    for number, line in enumerate(table.lines):
        if number % SLICE == 0:
            tell(number, table.many)
        yield line
