"""What was published last, a release of a meeting or a report, known to each process at once and nearly for nothing."""

import os
import weakref
from collections.abc import Callable
from threading import Lock
from typing import Any

from sqlalchemy import Engine, Select, select

from eventapp.agenda.models import Release
from eventapp.ground.db import sqlite
from eventapp.ground.web.requests.shared_caches import mark
from eventapp.meetings.models import Meeting


class Newest:
    """Answers with a mark that changes when another release or edition is made, or the meeting itself changes.

    SQLite tells whether anything at all was committed since the last question (PRAGMA data_version, a number in memory
    that all processes share); only then is the table asked. PostgreSQL may serve several machines: it is always asked.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.watch = Watch(engine.url.database or "") if engine.dialect.name == "sqlite" else None
        self.known: tuple[object, dict[tuple[Query, tuple[str, ...]], str | None]] = (None, {})

    def mark_of(self, query: "Query", *names: str) -> str | None:
        """The mark of what this query finds by these names of an address; None where there is nothing."""
        if self.watch is None:
            return self.asked(query, names)
        version = self.watch.version()  # read before the table: what is learned later is never older than it says
        if self.known[0] != version:
            self.known = (version, {})
        marks = self.known[1]
        if (query, names) not in marks:
            marks[query, names] = self.asked(query, names)
        return marks[query, names]

    def asked(self, query: "Query", names: tuple[str, ...]) -> str | None:
        with self.engine.connect() as connection:
            found = connection.execute(query(*names)).first()
        return mark(*found) if found else None


Query = Callable[..., Select[int, int]]  # the names of an address → what was published, and its meeting's version


def release_at(slug: str) -> Select[int, int]:
    """The newest release of a public meeting."""
    return (
        select(Release.id, Meeting.version)
        .join(Meeting, Release.meeting_id == Meeting.id)
        .where(Meeting.slug == slug, Meeting.published_at.is_not(None))
        .order_by(Release.number.desc())
        .limit(1)
    )


class Watch:
    """Sees whether anybody committed anything to a SQLite file, without a query."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.connection: Any = None  # of sqlite3, or of the newer SQLite that is beside it
        self.process = 0
        self.lock = Lock()

    def version(self) -> tuple[int, int]:
        """A value that differs from the one before where something was committed between the two."""
        with self.lock:
            if self.process != os.getpid():  # a connection does not survive a fork
                self.connection = sqlite.driver().connect(self.file, check_same_thread=False, isolation_level=None)
                self.process = os.getpid()
                weakref.finalize(self, self.connection.close)
            (number,) = self.connection.execute("PRAGMA data_version").fetchone()
            return self.process, number
