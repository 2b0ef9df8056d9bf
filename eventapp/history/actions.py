import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import inspect, select

from eventapp.ground.db import before_commit, db
from eventapp.ground.db.putting_off import put_off
from eventapp.ground.db.types import Base, Record
from eventapp.history.chain import seal_of
from eventapp.history.models import ChainEnd, Entry
from eventapp.history.queries import identity, meeting_of

PUT_OFF = ("by_id", "by_name", "verb", "thing", "thing_id", "meeting_id", "detail")  # what a line says before its seal
END_OF_CHAIN = select(ChainEnd).with_for_update().execution_options(populate_existing=True)


class Actor(Protocol):
    """Who did it: somebody with a number and a name."""

    @property
    def id(self) -> Any: ...  # Mapped[int] of a row, int of its copy
    @property
    def name(self) -> Any: ...  # as id


def record(
    verb: str, thing: Base, *, by: Actor | None, at: datetime, meeting_id: int | None = None, **detail: object
) -> Entry:
    """Write down that this happened to this row. `by` is None where the application itself did it.

    The meeting is the one of the row, as its `meeting_id` has it. The line is numbered, sealed and written at the very
    end of the transaction. Returns it, not yet numbered.
    """
    if inspect(thing).identity is None:
        db.session.flush()  # a new row has its number only now
    table, thing_id = identity(thing)
    if meeting_id is None:
        meeting_id = meeting_of(thing)
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
    write_later([entry])
    return entry


def record_rows(
    verb: str,
    table: type[Base],
    lines: Iterable[tuple[int, Mapping[str, object]]],
    *,
    meeting_id: int,
    by: Actor | None,
    at: datetime,
) -> None:
    """Write down the same of many rows that were written in one statement: for each its number, and what is said."""
    who = {"by_id": by.id if by else None, "by_name": by.name if by else ""}
    for number, detail in lines:
        facts = {"verb": verb, "thing": table.__tablename__, "thing_id": number, "meeting_id": meeting_id}
        write_later([Entry(at=at, detail=dict(detail), **who, **facts)])


def put_off_lines(meeting_id: int) -> list[Entry]:
    """Take the lines about this meeting out of the transaction, to be written by `write_later` in another."""
    off = put_off("history", lambda row: isinstance(row, Entry) and row.meeting_id == meeting_id)
    return [row for row in off if isinstance(row, Entry)]


def record_of(line: Entry) -> Record:
    """A line that was put off, to be kept as JSON until it is written."""
    return {"at": line.at.isoformat()} | {name: getattr(line, name) for name in PUT_OFF}


def from_record(line: Record) -> Entry:
    """The line that was kept so."""
    return Entry(**{**line, "at": datetime.fromisoformat(line["at"])})


def write_later(lines: Iterable[Entry]) -> None:
    """Write these lines at the end of this transaction: the end of the chain, which all wait for, is held last."""
    before_commit("history", seal, *lines, is_last=True)


def seal(entries: list[Entry]) -> None:
    """Number the lines of this transaction and hang them on the chain, one transaction at a time."""
    end = db.session.scalars(END_OF_CHAIN).one()
    for entry in entries:
        end.number += 1
        entry.number, entry.previous = end.number, end.hash
        entry.hash = end.hash = seal_of(entry)
    db.session.add_all(entries)
