"""What the rows of a table say by what its columns are, worked out with nothing held, to be written later."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from eventapp.agenda.imports.actions import rows_gone
from eventapp.agenda.imports.foreign import without_doubles
from eventapp.agenda.imports.models import AgendaImport, AgendaImportRow
from eventapp.agenda.imports.planning import around
from eventapp.agenda.imports.queries import rows_of
from eventapp.agenda.imports.tables.columns import TITLE
from eventapp.agenda.imports.tables.one_session import Reading, session_of
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.policy import folded


@dataclass(frozen=True)
class TableRows:
    """What is to be written of a table."""

    changed: Sequence[Record]  # rows whose session is another than is written there
    gone: Sequence[Record]  # a row for each session that the table no longer has
    there: Sequence[int]  # sessions that have such a row from an earlier choice, and are in it


def table_rows(one: AgendaImport) -> TableRows | None:
    """What the rows of a table say by its columns, as they were chosen; None for a file that is none."""
    if not one.is_table:
        return None
    rows = list(db.session.scalars(rows_of(one).where(AgendaImportRow.number > 0)))
    read = reading(one, rows)
    found = [session_of(read, row.number, row.content["cells"], row.content.get("formulas", {})) for row in rows]
    without_doubles(found)
    changed = [
        {"id": row.id, "title": each.title[:300], "content": content}
        for row, each in zip(rows, found, strict=True)
        if (content := cells_alone(row) | each.row) != row.content
    ]
    gone = rows_gone(one, around(one.meeting), found)
    lost = {row["session_id"] for row in gone}
    marked = db.session.scalars(
        select(AgendaImportRow.session_id).where(AgendaImportRow.import_id == one.id, AgendaImportRow.number == 0)
    )
    return TableRows(changed, gone, [number for number in marked if number and number not in lost])


def reading(one: AgendaImport, rows: Sequence[AgendaImportRow]) -> Reading:
    """How these rows are read, by what was chosen."""
    read = Reading(one.meeting_id, one.meeting.tz, one.day_order, places(one.columns))
    titles = replace(read, columns={TITLE: read.columns[TITLE]})
    read.titles.update(Counter(folded(titles.words(row.content["cells"])[TITLE]) for row in rows))
    return read


def places(columns: Sequence[str]) -> dict[str, int]:
    """Where each column is, by its code."""
    return {code: at for at, code in enumerate(columns) if code}


def cells_alone(row: AgendaImportRow) -> Record:
    """What a row of a table says beside what was made of it."""
    return {name: row.content[name] for name in ("cells", "formulas") if name in row.content}
