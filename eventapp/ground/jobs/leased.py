"""Work that somebody asked of the worker and looks on at: the columns of its row, and how a worker has it on a lease.

A worker takes the row until a moment, which it moves on as it gets on; where it dies, another takes the row then. Who
comes back too late finds that the row is not its own any more, and writes nothing.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from flask_babel import force_locale
from sqlalchemy import ColumnElement, String, Text, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db.apart import meanwhile
from eventapp.ground.db.away import is_away
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _

WAITING, WORKING, DONE, REFUSED, FAILED, STOPPED = "waiting", "working", "done", "refused", "failed", "stopped"
LEASE = timedelta(minutes=2)
RENEWED = LEASE / 6  # after so long, by who is at it
LOOK = 20  # seconds after which a writer is looked for
MOST = 3  # workers that may die of it
STEP = 5  # percent

log = logging.getLogger(__name__)
T = TypeVar("T")


class Lost(Exception):  # noqa: N818 -- no fault of this worker
    """Another worker has it by now, or somebody stopped it."""


class Leased:
    """A row that a worker takes."""

    language: Mapped[str] = mapped_column(String(12))  # of who asked, for the sentence
    state: Mapped[str] = mapped_column(String(12))
    share: Mapped[int] = mapped_column(default=0)  # of the work that is done, in percent
    until: Mapped[datetime | None]  # when another worker may take it
    attempts: Mapped[int] = mapped_column(default=0)
    sentence: Mapped[str] = mapped_column(Text, default="")  # why it was refused, or failed; what is to be said of it

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in (WAITING, WORKING)

    @classmethod
    def is_free(cls, at: datetime) -> ColumnElement[bool]:
        """Whether a worker may take it: it waits, or its worker was not heard of."""
        return or_(cls.state == WAITING, and_(cls.state == WORKING, cls.until <= at))

    def begin(self, at: datetime) -> bool:
        """Give it to a worker. False where several have died of it: then it has failed."""
        if self.attempts >= MOST:
            self.state, self.sentence = FAILED, failed_in(self.language)
            return False
        self.state, self.until, self.share, self.attempts = WORKING, at + LEASE, 0, self.attempts + 1
        return True

    def go_on(self, share: int, at: datetime) -> None:
        self.share, self.until = share, at + LEASE

    def check(self, number: int) -> None:
        """Raise Lost where it is not the worker's any more that took it as the one of this number."""
        if (self.state, self.attempts) != (WORKING, number):
            raise Lost


class End(Protocol):
    """Writes that it was refused or that it failed, with the sentence."""

    def __call__(self, state: str, sentence: str) -> None: ...


def attempted(what: str, spoken: str, act: Callable[[], object], end: End) -> Callable[[], None] | None:
    """Do it, in no transaction, in the language of who asked. Return what is to be written where it was not done.

    Where the database went nothing is written: the lease ends, and it is begun again.
    """
    try:
        with force_locale(spoken):
            act()
    except Lost:
        log.warning("%s: another worker has it, or it was stopped.", what)
    except Refused as refusal:
        sentence = str(refusal)
        return lambda: end(REFUSED, sentence)
    except Exception as error:
        log.exception("%s could not be done.", what)
        return None if is_away(error) else lambda: end(FAILED, failed_in(spoken))
    return None


def teller(go_on: Callable[[int], None], clock: Callable[[], datetime]) -> Callable[[int, int], None]:
    """Return what says how far it is, in a short transaction each time it is some percent more, or some time went by:
    so nobody else takes what is worked at, however little it gets on.
    """
    last, at = 0, clock()

    def tell(done: int, many: int) -> None:
        nonlocal last, at
        share = 100 * done // max(many, 1)
        if share >= last + STEP or clock() >= at + RENEWED:
            last, at = max(last, share), clock()
            meanwhile(lambda: go_on(last))

    return tell


def to_nobody(_done: int, _many: int) -> None:
    """Nobody looks on."""


def watched(write: Callable[[], T], watch: Callable[[], None], look: float = LOOK) -> T:
    """Return what `write` does, which may take long; `watch` is called meanwhile, and writes in a session of its own.

    Where `write` reads, it has the session of the caller, who waits: it is used by one thread at a time. What `watch`
    raises is raised once the writing has ended.
    """
    with ThreadPoolExecutor(1) as beside:
        writing = beside.submit(copy_context().run, write)  # in the language of who asked
        while not wait([writing], timeout=look).done:
            watch()
        return writing.result()


def failed_in(spoken: str) -> str:
    """The sentence of what has failed, in this language."""
    with force_locale(spoken):
        return _("It could not be finished, and nothing was changed. Try again, or tell who runs the server.")


def unfinished_in(spoken: str) -> str:
    """The same of what has failed half way."""
    with force_locale(spoken):
        return _("It could not be finished. What was done until then stays. Try again, or tell who runs the server.")
