"""What an organizer does with a table of sessions: have it kept, say what its columns are, and say it again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from eventapp.agenda.imports.actions import arrived, refuse_but, row_for, rows_gone
from eventapp.agenda.imports.foreign import without_doubles
from eventapp.agenda.imports.models import CHECKED, CHOOSING, COMPARING, GONE, AgendaImport, AgendaImportRow
from eventapp.agenda.imports.planning import around
from eventapp.agenda.imports.queries import rows_of
from eventapp.agenda.imports.tables.columns import DAY, ENDS, STARTS, TITLE, guessed
from eventapp.agenda.imports.tables.days import ORDERS, order_in
from eventapp.agenda.imports.tables.one_session import Reading, session_of
from eventapp.agenda.imports.tables.queries import headings_before
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.waking import wake
from eventapp.ground.refusal import Refused
from eventapp.ground.tables.reading import MOST_COLUMNS, Sheet, cell_name
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import folded
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


def receive_table(
    meeting: Meeting, name: str, sheet: Sheet, *, by: Person | None, at: datetime, texts_in: str = ""
) -> AgendaImport:
    """Keep the rows of a table until somebody says what its columns are; proposed is what their headings say.

    `texts_in` is the language of its titles, as in `receive`.
    """
    lock(meeting)
    one = arrived(meeting, name, "table", by=by, at=at, texts_in=texts_in)
    width = min(MOST_COLUMNS, max(map(width_of, sheet.rows)))
    one.heads = [head.strip()[:200] for head in (*sheet.rows[0], *[""] * width)[:width]]
    one.columns = guessed(one.heads, headings_before(meeting))
    wrong = {fault.cell: fault.sentence for fault in sheet.faults}
    rows = list[Record]()
    for number, cells in enumerate(sheet.rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            content: Record = {"cells": list(cells[:width])}
            formulas = {
                str(at): wrong[place] for at in range(len(cells)) if (place := cell_name(at, number - 1)) in wrong
            }
            rows.append(row_for(one, number, "", content | ({"formulas": formulas} if formulas else {})))
    db.session.execute(insert(AgendaImportRow), rows)
    return one


def width_of(cells: Sequence[str]) -> int:
    """How many cells there are up to the last one that says something."""
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def choose_columns(one: AgendaImport, columns: Sequence[str], order: str) -> None:
    """Have the table compared with these columns. Refused where nobody can tell the day from the month in its days.

    `order` is one of days.ORDERS; with another word it is found in the file.
    """
    lock(one.meeting)
    lock(one)
    refuse_but(one, CHOOSING)
    rows = list(db.session.scalars(rows_of(one)))
    read = reading(one, columns, order, rows)
    found = [session_of(read, row.number, row.content["cells"], row.content.get("formulas", {})) for row in rows]
    without_doubles(found)
    rewritten = [
        {"id": row.id, "title": each.title[:300], "content": cells_alone(row) | each.row}
        for row, each in zip(rows, found, strict=True)
    ]
    if rewritten:
        db.session.execute(update(AgendaImportRow), rewritten)
    if gone := rows_gone(one, around(one.meeting), found):
        db.session.execute(insert(AgendaImportRow), gone)
    one.columns, one.day_order, one.state = list(columns), read.order, COMPARING
    wake()


def choose_again(one: AgendaImport) -> None:
    """Back to the columns, before anything was imported."""
    lock(one)
    refuse_but(one, CHECKED)
    if not one.is_table:
        raise Refused(_("This file has no columns."))
    mine = AgendaImportRow.import_id == one.id
    db.session.execute(delete(AgendaImportRow).where(mine, AgendaImportRow.number == 0))
    rows = db.session.scalars(select(AgendaImportRow).where(mine))
    db.session.execute(
        update(AgendaImportRow),
        [{"id": row.id, "content": cells_alone(row), "outcome": GONE, "faults": [], "what": []} for row in rows],
    )
    one.lacks, one.state = {}, CHOOSING


def reading(one: AgendaImport, columns: Sequence[str], order: str, rows: Iterable[AgendaImportRow]) -> Reading:
    """How the rows are read. Refused where days can be read in several orders, and nobody has said which."""
    placed = {code: at for at, code in enumerate(columns) if code}
    read = Reading(one.meeting_id, one.meeting.tz, order if order in ORDERS else "", placed)
    words = [read.words(row.content["cells"]) for row in rows]
    if not read.order:
        cells = (each[name] for each in words for name in (DAY, STARTS, ENDS) if name in each)
        order_found = order_in(cells, one.meeting.starts_on, one.meeting.ends_on)
        if order_found is None:
            raise Refused(
                _("The days of this file can be read in several orders, such as 03/04/2026. Choose which one it is."),
                beside="order",
            )
        read = Reading(one.meeting_id, one.meeting.tz, order_found, placed)
    read.titles.update(Counter(folded(each[TITLE]) for each in words))
    return read


def cells_alone(row: AgendaImportRow) -> Record:
    """What a row of a table says beside what was made of it."""
    return {name: row.content[name] for name in ("cells", "formulas") if name in row.content}
