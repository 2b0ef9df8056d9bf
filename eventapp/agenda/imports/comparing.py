"""How the worker compares a file of sessions with the draft: worked out with nothing held, written some rows at a time.

Begun again, as after a worker that died, it finds the same; what is written already is written no second time.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from flask_babel import force_locale
from sqlalchemy import delete, insert, select, update

from eventapp.agenda.imports.models import CHECKED, COMPARING, AgendaImport, AgendaImportRow
from eventapp.agenda.imports.planning import around, lacking, plans
from eventapp.agenda.imports.queries import rows_of
from eventapp.agenda.imports.tables.parsing import TableRows, table_rows
from eventapp.ground.db import db, lock
from eventapp.ground.db.apart import meanwhile
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.leased import Lost

AT_ONCE = 200  # rows written in one transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """A file that waits to be compared, and what was chosen for it; `state` is that of one that waits."""

    number: int
    state: str
    columns: tuple[str, ...]
    order: str
    kind: str


def asked(one: AgendaImport) -> Asked:
    return Asked(one.id, one.state, tuple(one.columns), one.day_order, one.kind)


def compare(number: int) -> bool:
    """Compare a file with the draft, while nothing is held, and write down what came of it; False for another state."""
    one = db.session.get(AgendaImport, number, populate_existing=True)
    if one is None or one.state != COMPARING:
        db.session.rollback()  # what was read is of another moment by the next look
        return False
    try:
        with force_locale(one.language):
            compare_as(asked(one))
    except Lost:
        db.session.rollback()
        log.warning("Import %s of sessions: another worker compared it, or it was chosen otherwise.", number)
    return True


def compare_as(what: Asked) -> None:
    """Read the rows of a table by its columns, then say of each row what it would do."""
    if found := table_rows(db.session.get_one(AgendaImport, what.number)):
        db.session.rollback()
        write_table(what, found)
    outcomes, lacks = compared(db.session.get_one(AgendaImport, what.number, populate_existing=True))
    db.session.rollback()
    write(what, outcomes)
    holding(what, partial(end, lacks))


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


def write_table(what: Asked, found: TableRows) -> None:
    """Keep what the rows of a table say, and a row for each session that it no longer has."""
    write(what, found.changed)
    for start in range(0, len(found.there), AT_ONCE):
        holding(what, partial(forget, found.there[start : start + AT_ONCE]))
    for start in range(0, len(found.gone), AT_ONCE):
        holding(what, partial(put, found.gone[start : start + AT_ONCE]))


def write(what: Asked, rows: Sequence[Record]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        holding(what, partial(keep, rows[start : start + AT_ONCE]))


def holding(what: Asked, act: Callable[[AgendaImport], None]) -> None:
    """Do this with the file, locked, in a short transaction of its own. Raises Lost where it is no longer as asked."""

    def inside() -> None:
        one = db.session.get_one(AgendaImport, what.number)
        lock(one)
        if asked(one) != what:
            raise Lost
        act(one)

    meanwhile(inside)


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
    one.lacks, one.state = lacks, CHECKED
