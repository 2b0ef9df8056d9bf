import json
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import bindparam, select, update

from eventapp.db import Base, db, last, plain
from eventapp.history.chain import seal_of
from eventapp.history.models import ChainEnd, Entry
from eventapp.history.queries import identity
from eventapp.rows import has_session, insert_now, made

# Asked by every change of anything, and so made once: building a statement costs more than running it.
ENDS = Base.metadata.tables[ChainEnd.__tablename__]
END = select(ENDS.c.number, ENDS.c.hash).where(ENDS.c.id == 1).with_for_update()
MOVE_END = update(ENDS).where(ENDS.c.id == 1).values(number=bindparam("newest"), hash=bindparam("seal"))


class Actor(Protocol):
    """Who did it: somebody with a number and a name."""

    @property
    def id(self) -> Any: ...
    @property
    def name(self) -> Any: ...


def record(
    verb: str, thing: Base, *, by: Actor | None, at: datetime, meeting_id: int | None = None, **detail: Any
) -> Entry:
    """Write down that this happened to this row. `by` is None where the application itself did it.

    The line is numbered, sealed and written at the very end of the transaction. Returns it, not yet numbered.
    """
    if has_session():
        db.session.flush()  # a new row has its number only now
    table, thing_id = identity(thing)
    entry = made(
        Entry,
        at=at,
        by_id=by.id if by else None,
        by_name=by.name if by else "",
        verb=verb,
        thing=table,
        thing_id=thing_id,
        meeting_id=meeting_id,
        detail=json.loads(json.dumps(detail, default=str)),  # what is hashed is what is kept
    )
    last("history", seal, entry)
    return entry


def seal(entries: list[Entry]) -> None:
    """Number the lines of this transaction and hang them on the chain, one transaction at a time."""
    number, seal = plain(END).one()
    for entry in entries:
        number += 1
        entry.number, entry.previous = number, seal
        entry.hash = seal = seal_of(entry)
        insert_now(entry)
    plain(MOVE_END, {"newest": number, "seal": seal})
