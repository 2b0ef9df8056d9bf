"""A file that a worker has for a slice: taken, held in each transaction, given back, or given up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from flask_babel import force_locale

from eventapp.ground.db import db, lock
from eventapp.ground.db.apart import meanwhile
from eventapp.ground.text.i18n import _
from eventapp.registration.imports.models import FAILED, Import
from eventapp.registration.imports.queries import due

R = TypeVar("R")
LEASE, MOST_STUCK = timedelta(minutes=2), 3  # how often a worker may die of it without having done anything


class Lost(Exception):  # noqa: N818 -- no fault of this worker
    """Another worker has the file by now, or somebody stopped it."""


@dataclass(frozen=True)
class Lease:
    """A file that this worker has for a slice."""

    import_id: int
    turn: int
    state: str
    language: str


def take(at: datetime) -> Lease | None:
    """Take the file that waits longest. None where there is none; one that several workers died of has failed."""
    one = db.session.scalar(due(at).with_for_update(skip_locked=True))
    if one is None:
        return None
    if one.stuck >= MOST_STUCK:
        with force_locale(one.language):
            fail(one)
        return None
    one.turn, one.stuck, one.until = one.turn + 1, one.stuck + 1, at + LEASE
    return Lease(one.id, one.turn, one.state, one.language)


def ours(lease: Lease) -> Import:
    """The file, to read. Raises Lost where it is not ours any more."""
    one = db.session.get(Import, lease.import_id, populate_existing=True)
    if one is None or (one.state, one.turn) != (lease.state, lease.turn):
        raise Lost
    return one


def holding(lease: Lease, act: Callable[[Import], R]) -> R:
    """Do this with the file, locked, in a short transaction of its own. Nothing that it returns may be a row."""

    def inside() -> R:
        with force_locale(lease.language):
            return act(held(lease))

    return meanwhile(inside)


def held(lease: Lease) -> Import:
    """The same, locked until the transaction ends: something is done, so nobody dies of it."""
    one = ours(lease)
    lock(one)
    if (one.state, one.turn) != (lease.state, lease.turn):
        raise Lost
    one.stuck = 0
    return one


def give_back(lease: Lease, at: datetime) -> None:
    """Let the next slice begin."""
    held(lease).until = at


def give_up(lease: Lease) -> None:
    """Say that it failed; what was done stays done."""
    one = ours(lease)
    lock(one)
    with force_locale(lease.language):
        fail(one)


def fail(one: Import) -> None:
    one.state, one.resumes, one.until = FAILED, one.state, None
    one.sentence = _(
        "It could not be finished. What was done until then stays. Try again, or tell who runs the server."
    )


def end(one: Import, state: str, *, at: datetime) -> None:
    """It is done."""
    one.state, one.until, one.resumes, one.ended_at = state, None, "", at
