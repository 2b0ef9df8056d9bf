from sqlalchemy import inspect, select

from eventapp.ground.db import db
from eventapp.ground.db.types import Base
from eventapp.history.models import Entry


def identity(thing: Base) -> tuple[str, int]:
    """The table of a row and its number there: how history names it."""
    return str(thing.__tablename__), int(inspect(thing).mapper.primary_key_from_instance(thing)[0])


def entries_of(thing: Base) -> list[Entry]:
    """What happened to this row, the oldest first."""
    table, thing_id = identity(thing)
    query = select(Entry).where(Entry.thing == table, Entry.thing_id == thing_id)
    return list(db.session.scalars(query.order_by(Entry.id)))
