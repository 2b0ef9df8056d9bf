"""The rows of any table that hang on a meeting."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Table, delete, or_, select, tuple_

from eventapp.ground.db import db
from eventapp.ground.db.types import Base
from eventapp.mail.models import Enclosure, Letter
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import Numbered

NEVER_REMOVED = ("entry", "chain_end", "administrator")


def at_meeting(table: Table, meeting: Numbered) -> ColumnElement[bool] | None:
    """Whether a row of this table hangs on the meeting, by whatever it refers to; None where none can."""
    if table.name == "meeting":
        return table.c.id == meeting.id
    ways = []
    for key in table.foreign_keys:
        above = None if key.column.table is table else at_meeting(key.column.table, meeting)
        if above is not None:
            ways.append(key.parent.in_(select(key.column).where(above)))
    return or_(*ways) if ways else None


def numbers_at(table: Table, meeting: Numbered) -> list[tuple[object, ...]]:
    """The keys of the rows of this table that hang on the meeting."""
    hanging = None if table.name in NEVER_REMOVED else at_meeting(table, meeting)
    if hanging is None:
        return []
    return [tuple(row) for row in db.session.execute(select(*table.primary_key.columns).where(hanging))]


def remove_some(table: Table, keys: Sequence[tuple[object, ...]]) -> None:
    """Take out the rows of this table with these keys."""
    db.session.execute(delete(table).where(tuple_(*table.primary_key.columns).in_(keys)))


def remove_rows(meeting: Meeting, *, but: tuple[str, ...] = ()) -> None:
    """Take out every row that hangs on the meeting, with its letters, but those of the tables that are named.

    History stays.
    """
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in but + NEVER_REMOVED and (hanging := at_meeting(table, meeting)) is not None:
            db.session.execute(delete(table).where(hanging))
    letters = select(Letter.id).where(Letter.meeting_id == meeting.id)
    db.session.execute(delete(Enclosure).where(Enclosure.letter_id.in_(letters)))
    db.session.execute(delete(Letter).where(Letter.meeting_id == meeting.id))
    db.session.expire_all()
