"""A file of notes, read line by line: what each says, and what is wrong with it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from eventapp.ground.db.types import Record
from eventapp.ground.text.csv_file import Unreadable, rows_of, text_of
from eventapp.ground.text.i18n import _
from eventapp.record.loading.columns import NEEDED, ORDER, TRANSLATION, column_of, record_of
from eventapp.vocabulary.tongues import TONGUES

MOST_LINES = 20_000
MOST_FAULTS = 20_000  # of a file, after which nothing more of it is looked at
MOST_ROWS = 10 * MOST_LINES  # of a table, with those that are empty
MOST_COLUMNS = 200  # whose names are looked at


class Fault(NamedTuple):
    """What is wrong with a line of a file, and what to do."""

    line: int
    sentence: str


class Read(NamedTuple):
    """What one line says, before anything is looked up."""

    line: int
    words: Record


@dataclass(frozen=True)
class File:
    """A file that was read. Only one without faults is loaded."""

    lines: tuple[Read, ...]
    faults: tuple[Fault, ...]


def read_file(content: bytes) -> File:
    """Read JSON lines, or CSV whose first line names the columns; a line without words is passed over."""
    try:
        text = text_of(content)
        lines, faults = read_json(text) if text.lstrip().startswith("{") else read_csv(text)
    except Unreadable as fault:
        return File((), (Fault(fault.line, str(fault)),))
    if len(lines) > MOST_LINES:
        return File((), (Fault(MOST_LINES + 1, _("A file may have %(most)s notes at most.", most=MOST_LINES)),))
    if len(faults) > MOST_FAULTS:
        return File(tuple(lines), (*faults, too_many(faults[-1].line)))
    if not lines and not faults:
        faults = [Fault(1, _("There is no note in this file."))]
    return File(tuple(lines), tuple(faults))


def too_many(line: int) -> Fault:
    """Said at the line where the rest of the file was left."""
    return Fault(line, _("So much is wrong that the lines after this one were not read. Put these right first."))


def read_json(text: str) -> tuple[list[Read], list[Fault]]:
    lines: list[Read] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines() if "\n" not in text else text.split("\n"), start=1):
        if not line.strip():
            continue
        if len(lines) > MOST_LINES or len(faults) > MOST_FAULTS:
            break
        try:
            written = json.loads(line)
        except (ValueError, RecursionError):
            faults.append(Fault(number, _("This line is not JSON. Each line is one note between braces.")))
            continue
        if not isinstance(written, dict):
            faults.append(Fault(number, _("This line is not JSON. Each line is one note between braces.")))
            continue
        named = {name: "translations" if name == "translations" else column_of(name) for name in written}
        faults += unknown(number, named)
        lines.append(Read(number, {column: written[name] for name, column in named.items() if column}))
    return lines, faults


def read_csv(text: str) -> tuple[list[Read], list[Fault]]:
    rows = rows_of(text, most=MOST_ROWS + 1)
    heads = [head.strip() for head in rows[0]] if rows else []
    named = {head: column_of(head) for head in heads if head}
    faults = list(unknown(1, named))
    missing = [name for name in NEEDED if name not in named.values()]
    if missing:
        sentence = _("The first line has to name the columns. These are missing: %(heads)s.", heads=", ".join(missing))
        faults.append(Fault(1, sentence))
    if len(rows) > MOST_ROWS:
        faults.append(Fault(MOST_ROWS + 1, _("A file may have %(most)s notes at most.", most=MOST_LINES)))
    columns = [named.get(head) for head in heads]
    lines = list[Read]()
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(lines) > MOST_LINES or len(faults) > MOST_FAULTS:
            break
        if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
            faults.append(Fault(number, _("This line has more cells than the first line has columns.")))
        cells = {column: cell for column, cell in zip(columns, row, strict=False) if column}
        lines.append(Read(number, record_of(cells)))
    return lines, faults


def unknown(line: int, named: Mapping[str, str | None]) -> Iterator[Fault]:
    for head, column in islice(named.items(), MOST_COLUMNS):
        if column is None or (column.startswith(TRANSLATION) and column.removeprefix(TRANSLATION) not in TONGUES):
            known = ", ".join((*ORDER, f"{TRANSLATION}en"))
            yield Fault(line, _("There is no column “%(name)s”. There are: %(known)s.", name=head[:60], known=known))
