"""How the worker compares a file of sessions with the draft: worked out with nothing held, written some rows at a time.

Begun again, as after a worker that died, it finds the same; what is written already is written no second time.
"""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import delete, insert, select, update

from eventapp.agenda.imports.models import CHECKED, AgendaImport, AgendaImportRow
from eventapp.agenda.imports.planning import around, lacking, plans
from eventapp.agenda.imports.queries import rows_of
from eventapp.agenda.imports.tables.parsing import TableRows, table_rows
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.slices import Lease, holding, ours

AT_ONCE = 200  # rows written in one transaction


def compare(lease: Lease[AgendaImport]) -> bool:
    """Read the rows of a table by its columns, then say of each row what it would do. Returns that there is no more."""
    if found := table_rows(ours(lease)):
        db.session.rollback()
        write_table(lease, found)
    outcomes, lacks = compared(ours(lease))
    db.session.rollback()
    write(lease, outcomes)
    holding(lease, partial(end, lacks))
    return False


def compared(one: AgendaImport) -> tuple[list[Record], Record]:
    """What every row would do by what is on record now, to be written down; and what is lacking."""
    rows = list(db.session.scalars(rows_of(one)))
    found = plans(around(one.meeting, one.kind, one.tongue), rows)
    outcomes = [
        {"id": row.id, "outcome": each.outcome, "faults": list(each.faults), "what": list(each.what)}
        | {"session_id": row.session_id}
        for row, each in zip(rows, found, strict=True)
    ]
    remarked = [row.number for row in rows if row.content.get("remarks")]
    return outcomes, lacking(found, one.seats) | {"remarked": remarked}


def write_table(lease: Lease[AgendaImport], found: TableRows) -> None:
    """Keep what the rows of a table say, and a row for each session that it no longer has."""
    write(lease, found.changed)
    for start in range(0, len(found.there), AT_ONCE):
        holding(lease, partial(forget, found.there[start : start + AT_ONCE]), gets_on=False)
    for start in range(0, len(found.gone), AT_ONCE):
        holding(lease, partial(put, found.gone[start : start + AT_ONCE]), gets_on=False)


def write(lease: Lease[AgendaImport], rows: Sequence[Record]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        holding(lease, partial(keep, rows[start : start + AT_ONCE]), gets_on=False)


def keep(rows: Sequence[Record], _one: AgendaImport) -> None:
    db.session.execute(update(AgendaImportRow), list(rows))


def forget(sessions: Sequence[int], one: AgendaImport) -> None:
    """Delete the rows that said of these sessions that the table no longer has them."""
    mine = (AgendaImportRow.import_id == one.id, AgendaImportRow.number == 0)
    db.session.execute(delete(AgendaImportRow).where(*mine, AgendaImportRow.session_id.in_(sessions)))


def put(rows: Sequence[Record], one: AgendaImport) -> None:
    """Add these rows for sessions that the table no longer has; none twice, whoever else compares it."""
    mine = (AgendaImportRow.import_id == one.id, AgendaImportRow.number == 0)
    there = set(db.session.scalars(select(AgendaImportRow.session_id).where(*mine)))
    if new := [row for row in rows if row["session_id"] not in there]:
        db.session.execute(insert(AgendaImportRow), new)


def end(lacks: Record, one: AgendaImport) -> None:
    """It is compared."""
    one.lacks, one.state, one.until = lacks, CHECKED, None
