"""The rows of any table that hang on a meeting."""

from sqlalchemy import Column, Select, Table, delete, or_, select

from eventapp.ground.db import db
from eventapp.ground.db.types import Base
from eventapp.mail.models import Enclosure, Letter
from eventapp.meetings.models import Meeting

NEVER_REMOVED = ("entry", "chain_end", "administrator")


def rows_at(table: Table, meeting: Meeting) -> Select[int] | None:
    """The rows of this table that hang on the meeting, by whatever they refer to; None where none can."""
    if table.name == "meeting":
        return select(table.c.id).where(table.c.id == meeting.id)
    ways = []
    for key in table.foreign_keys:
        above = None if key.column.table is table else rows_at(key.column.table, meeting)
        if above is not None:
            ways.append(key.parent.in_(above))
    return select(key_of(table)).where(or_(*ways)) if ways else None


def key_of(table: Table) -> Column[int]:
    """The column by which its rows are known."""
    [column] = table.primary_key.columns
    return column


def remove_rows(meeting: Meeting, *, but: tuple[str, ...] = ()) -> None:
    """Take out every row that hangs on the meeting, with its letters, but those of the tables that are named.

    History stays.
    """
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in but + NEVER_REMOVED and (rows := rows_at(table, meeting)) is not None:
            db.session.execute(delete(table).where(key_of(table).in_(rows)))
    letters = select(Letter.id).where(Letter.meeting_id == meeting.id)
    db.session.execute(delete(Enclosure).where(Enclosure.letter_id.in_(letters)))
    db.session.execute(delete(Letter).where(Letter.meeting_id == meeting.id))
    db.session.expire_all()
