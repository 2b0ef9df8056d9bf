"""What an organizer does with a table of sessions: have it kept, say what its columns are, and say it again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert

from eventapp.agenda.imports.actions import arrived, refuse_but, row_for
from eventapp.agenda.imports.models import CHECKED, CHOOSING, COMPARING, AgendaImport, AgendaImportRow
from eventapp.agenda.imports.queries import rows_of
from eventapp.agenda.imports.tables.columns import DAY, ENDS, STARTS, guessed
from eventapp.agenda.imports.tables.days import ORDERS, order_in
from eventapp.agenda.imports.tables.one_session import Reading
from eventapp.agenda.imports.tables.parsing import places
from eventapp.agenda.imports.tables.queries import headings_before
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.sliced import hand_over
from eventapp.ground.refusal import Refused
from eventapp.ground.tables.reading import MOST_COLUMNS, Sheet, cell_name
from eventapp.ground.text.i18n import _
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


def order_of_days(one: AgendaImport, columns: Sequence[str], order: str) -> str:
    """In which order the days of this table have their figures; '' where no cell asks. Read with nothing held.

    `order` is one of days.ORDERS; with another word it is found in the file. Refused where nobody can tell the day
    from the month.
    """
    if order in ORDERS:
        return order
    placed = {code: at for code, at in places(columns).items() if code in (DAY, STARTS, ENDS)}
    read = Reading(one.meeting_id, one.meeting.tz, "", placed)
    rows = db.session.scalars(rows_of(one))
    cells = [cell for row in rows for cell in read.words(row.content.get("cells", ())).values()]
    found = order_in(cells, one.meeting.starts_on, one.meeting.ends_on)
    if found is None:
        raise Refused(
            _("The days of this file can be read in several orders, such as 03/04/2026. Choose which one it is."),
            beside="order",
        )
    return found


def choose_columns(one: AgendaImport, columns: Sequence[str], order: str) -> None:
    """Have the worker read the table by these columns, its days in this order, and compare it."""
    lock(one)
    refuse_but(one, CHOOSING)
    one.columns, one.day_order = list(columns), order
    hand_over(one, COMPARING)


def choose_again(one: AgendaImport) -> None:
    """Back to the columns, before anything was imported. What was made of the rows stays until they are read anew."""
    lock(one)
    if one.left != COMPARING:
        refuse_but(one, CHECKED)
    if not one.is_table:
        raise Refused(_("This file has no columns."))
    one.lacks, one.state = {}, CHOOSING
