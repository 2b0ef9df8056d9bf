from sqlalchemy import inspect, select

from eventapp.ground.db import db
from eventapp.ground.db.types import Base
from eventapp.history.models import Entry


def identity(thing: Base) -> tuple[str, int]:
    """The table of a row and its number there: how history names it."""
    return str(thing.__tablename__), int(inspect(thing).mapper.primary_key_from_instance(thing)[0])


def meeting_of(thing: Base) -> int | None:
    """The number of the meeting that this row is, or is of; None where it is of none."""
    table, thing_id = identity(thing)
    return thing_id if table == "meeting" else getattr(thing, "meeting_id", None)


def entries_of(thing: Base) -> list[Entry]:
    """What happened to this row, the oldest first.

    A row that was removed with its meeting may have had the same number, so the lines of another meeting are none.
    """
    table, thing_id = identity(thing)
    query = select(Entry).where(Entry.thing == table, Entry.thing_id == thing_id)
    if meeting_id := meeting_of(thing):
        query = query.where(Entry.meeting_id == meeting_id)
    return list(db.session.scalars(query.order_by(Entry.id)))
