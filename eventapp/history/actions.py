import json
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select

from eventapp.db import Base, db, last
from eventapp.history.chain import seal_of
from eventapp.history.models import ChainEnd, Entry
from eventapp.history.queries import identity

# Asked by every change of anything, and so made once: building a statement costs more than running it.
END = select(ChainEnd).where(ChainEnd.id == 1).with_for_update().execution_options(populate_existing=True)
UNNUMBERED = select(Entry).where(Entry.number.is_(None)).order_by(Entry.id)


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

    Numbers and hashes are given at the very end of the transaction. Returns the line, not yet numbered.
    """
    db.session.flush()  # a new row has its number only now
    table, thing_id = identity(thing)
    entry = Entry(
        at=at,
        by_id=by.id if by else None,
        by_name=by.name if by else "",
        verb=verb,
        thing=table,
        thing_id=thing_id,
        meeting_id=meeting_id,
        detail=json.loads(json.dumps(detail, default=str)),  # what is hashed is what is kept
    )
    db.session.add(entry)
    last("history", seal)
    return entry


def seal() -> None:
    """Number the lines of this transaction and hang them on the chain, one transaction at a time."""
    db.session.flush()
    end = db.session.scalars(END).one()
    for entry in db.session.scalars(UNNUMBERED):
        entry.number, entry.previous = end.number + 1, end.hash
        entry.hash = seal_of(entry)
        end.number, end.hash = entry.number, entry.hash
