"""Long work: worked out while nothing is held, then written at once, if all that it rests on is still as it was.

Nobody waits for it: each question is asked by itself, in no transaction, and the rows are changed in memory only. That
what was read belongs together shows at the end: the stand, taken before the first question, is taken again under the
lock. Where it differs all is worked out anew.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import event

from eventapp.ground.db import INSIDE, OPEN, OUTSIDE, db, sqlite, transaction
from eventapp.ground.db.dialects import only_asking
from eventapp.ground.db.types import Base
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import language

TRIES = 4
T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Rows:
    """Rows that were made or changed in memory, apart from any session, and those to be deleted."""

    new: list[Base]
    changed: list[Base]
    deleted: list[Base]

    def bring_back(self) -> None:
        """Put them in the session, with what was changed in them, and all that hangs on them."""
        with db.session.no_autoflush:
            db.session.add_all([*self.new, *self.changed])
            for row in self.deleted:
                db.session.delete(row)


class Changed(Exception):  # noqa: N818 -- no fault: it is worked out again
    """What this rests on is another by now."""


@contextmanager
def all_at_once(_found: object, _rows: Rows) -> Iterator[None]:
    """Write nothing ahead."""
    yield


Ahead = Callable[[T, Rows], AbstractContextManager[None]]


def work_out(
    stand: Callable[[], object],
    think: Callable[[], T],
    write: Callable[[T], R],
    *,
    otherwise: str,
    ahead: Ahead[T] = all_at_once,
) -> R:
    """Return what `write` makes of what `think` found, written with the rows that it changed.

    `stand` first holds what is to be held, inside, and says all that the thinking rests on. `think` changes rows in
    memory and flushes nothing. `ahead` may write rows that nobody reads yet before anything is held, in transactions of
    its own, and takes them back where this fails. Refused with the words of `otherwise` where the stand changed TRIES
    times meanwhile. Nothing that this returns may be a row: its session ends here.
    """
    if OPEN.get() is not None:
        raise RuntimeError(INSIDE)
    db.session.rollback()  # what the caller has read holds nothing meanwhile
    spoken = language()
    try:
        with current_app.app_context(), force_locale(spoken):  # a session of its own
            return _written(stand, think, write, ahead, otherwise)
    finally:
        db.session.rollback()  # the caller reads anew, whatever was asked of it in between


def _written(
    stand: Callable[[], object], think: Callable[[], T], write: Callable[[T], R], ahead: Ahead[T], otherwise: str
) -> R:
    for _try in range(TRIES):
        before, found, rows = _worked_out(stand, think)
        with suppress(Changed), ahead(found, rows), no_collection(), transaction(rows.bring_back):
            with db.session.no_autoflush:
                if stand() != before:
                    raise Changed
            db.session.flush()
            return write(found)
    raise Refused(otherwise)


def with_prepared(prepare: Callable[[], T], act: Callable[[T], R], *, otherwise: str) -> R:
    """Return what `act` makes, in a transaction of its own, of what was prepared before anything is held.

    Where `act` finds under its lock that this is out of date it raises `Changed`, and all is done again. Refused with
    the words of `otherwise` after TRIES times. `prepare` returns plain values: rows are read again inside.
    """
    for _try in range(TRIES):
        ready = prepare()
        with suppress(Changed), no_collection(), transaction():
            return act(ready)
    raise Refused(otherwise)


@contextmanager
def no_collection() -> Iterator[None]:
    """Let Python look for garbage later: with 10,000 notes in memory that takes longer than to write them."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def meanwhile(act: Callable[[], R]) -> R:
    """Do this in a short transaction of its own beside what is worked out, such as saying how far that is.

    Others may write before it returns. Nothing that it returns may be a row.
    """
    with current_app.app_context():
        with no_collection(), transaction():
            found = act()
        sqlite.let_others_write(db.engine)
        return found


def looked(ask: Callable[[], R]) -> R:
    """Return what is found in no transaction, each question by itself: nothing is held. Its rows are of no session."""
    spoken = language()
    with current_app.app_context(), force_locale(spoken):
        db.session.connection(execution_options=only_asking(db.engine.dialect))
        found = ask()
        db.session.expunge_all()  # a session that ends forgets what its rows say
        return found


def _worked_out(stand: Callable[[], object], think: Callable[[], T]) -> tuple[object, T, Rows]:
    session = db.session()
    event.listen(session, "before_flush", _refuse)
    try:
        session.connection(execution_options=only_asking(db.engine.dialect))
        with session.no_autoflush:
            before = stand()
            found = think()
        rows = Rows(list(session.new), [*filter(session.is_modified, session.dirty)], list(session.deleted))
        session.expunge_all()
    finally:
        event.remove(session, "before_flush", _refuse)
        session.rollback()
    return before, found, rows


def _refuse(*_event: object) -> None:
    raise RuntimeError(OUTSIDE)
