"""How a worker does a slice of a row: takes it, holds it in each transaction, gives it back, or gives it up.

Whoever comes back too late finds that the row is not its own any more, and writes nothing.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Generic, TypeVar

from flask_babel import force_locale

from eventapp.ground.db import db, lock
from eventapp.ground.db.apart import meanwhile
from eventapp.ground.db.away import is_away
from eventapp.ground.jobs.leased import LEASE, MOST, Lost
from eventapp.ground.jobs.pace import Pace
from eventapp.ground.jobs.sliced import S, Sliced, due, fail

SLICE = 2.0  # seconds: between two slices letters go out
R = TypeVar("R")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lease(Generic[S]):
    """A row that this worker has for a slice."""

    model: type[S]
    number: int
    turn: int
    state: str
    language: str


def take(model: type[S], at: datetime, number: int | None = None) -> Lease[S] | None:
    """Take the row that waits longest, or that of this number. None where there is none.

    One that several workers died of without having done anything has failed.
    """
    query = due(model, at) if number is None else due(model, at).where(model.id == number)
    one = db.session.scalar(query.with_for_update(skip_locked=True))
    if one is None:
        return None
    if one.stuck >= MOST:
        fail(one, at)
        return None
    one.turn, one.stuck, one.until = one.turn + 1, one.stuck + 1, at + LEASE
    return Lease(model, one.id, one.turn, one.state, one.language)


def ours(lease: Lease[S]) -> S:
    """The row, to read. Raises Lost where it is not ours any more."""
    one = db.session.get(lease.model, lease.number, populate_existing=True)
    if one is None:
        raise Lost
    refuse_lost(lease, one)
    return one


def refuse_lost(lease: Lease[S], one: S) -> None:
    """Raise Lost where another worker has it by now, or somebody stopped it or asked for something else."""
    if (one.state, one.turn) != (lease.state, lease.turn):
        raise Lost


def held(lease: Lease[S], first: Callable[[S], None] | None = None) -> S:
    """The same, locked until the transaction ends; before it whatever `first` locks."""
    one = ours(lease)
    if first:
        first(one)
    lock(one)
    refuse_lost(lease, one)
    return one


def holding(
    lease: Lease[S], act: Callable[[S], R], *, first: Callable[[S], None] | None = None, gets_on: bool = True
) -> R:
    """Do this with the row, locked, in a short transaction of its own. Nothing that it returns may be a row.

    Nobody has died of what gets on. What is begun anew by the next worker does not: it could kill each of them.
    """

    def inside() -> R:
        with force_locale(lease.language):
            one = held(lease, first)
            if gets_on:
                one.stuck = 0
            return act(one)

    return meanwhile(inside)


def paced(step: Callable[[Lease[S], int], bool], pace: Pace) -> Callable[[Lease[S]], bool]:
    """The same step, with as many rows as there is time for."""

    def act(lease: Lease[S]) -> bool:
        with pace.timed() as size:
            return step(lease, size)

    return act


def in_slice(
    lease: Lease[S], step: Callable[[Lease[S]], bool], seconds: float, clock: Callable[[], datetime]
) -> Callable[[], None] | None:
    """Do a slice: `step` does some rows and says whether there may be more.

    Return what gives it back for the next slice, or says that it failed. Where the database went nothing is said:
    another slice begins when the lease is over.
    """
    ends = perf_counter() + seconds
    try:
        with force_locale(lease.language):
            while step(lease):
                if perf_counter() >= ends:
                    return lambda: leave(lease, give_back, clock())
    except Lost:
        log.warning("%s %s: another worker has it, or it was stopped.", lease.model.__tablename__, lease.number)
    except Exception as error:
        log.exception("%s %s failed.", lease.model.__tablename__, lease.number)
        db.session.rollback()
        return None if is_away(error) else lambda: leave(lease, fail, clock())
    return None


def leave(lease: Lease[S], act: Callable[[S, datetime], None], at: datetime) -> None:
    """Do this at the end of a slice; nothing where it was stopped meanwhile."""
    with suppress(Lost):
        act(held(lease), at)


def give_back(one: Sliced, at: datetime) -> None:
    """Let the next slice begin."""
    one.until, one.stuck = at, 0
