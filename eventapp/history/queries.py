from sqlalchemy import func, inspect, select

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


def entries_at(meeting_id: int, *, page: int = 1, most: int = 50) -> list[Entry]:
    """What happened at this meeting, the newest first, one page of it."""
    query = select(Entry).where(Entry.meeting_id == meeting_id).order_by(Entry.number.desc())
    return list(db.session.scalars(query.limit(most).offset((page - 1) * most)))


def entries_count(meeting_id: int) -> int:
    """How many lines of history this meeting has."""
    return db.session.scalar(select(func.count()).where(Entry.meeting_id == meeting_id)) or 0
