"""SQLite made fit for a secretariat: one writer at a time, durable, and no known corruption.

The default driver opens no transaction for a SELECT, so counting and then inserting oversells. Here every transaction
is opened in words, and a writing one with BEGIN IMMEDIATE, so that whoever counts seats already holds the pen.

SQLite knows no queue: whoever finds the pen taken looks again after a while, longer and longer, and the unlucky give
up. So the writers of one process wait for each other in a queue of ours; SQLite only parts this process from others.
"""

import sqlite3
from collections.abc import Iterator
from threading import Lock
from time import monotonic, sleep
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from eventapp.ground.db import write_ahead

try:
    from pysqlite3 import dbapi2 as newer_sqlite
except ImportError:  # no wheel for this platform: the one that came with Python
    newer_sqlite = sqlite3

# The WAL-reset bug: a checkpoint racing a commit can corrupt a database (sqlite.org/wal.html#walresetbug).
WAL_RESET_FIXED = (3, 51, 3)
WAL_RESET_BACKPORTS = ((3, 50, 7), (3, 44, 6))
BUSY_SECONDS = 15
PATIENT, IMPATIENT = f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}", "PRAGMA busy_timeout = 0"
SHORTLY = "PRAGMA busy_timeout = 100"  # as long as writers may stand still while the log is cut
AT_ONCE, LOOKS, SOON = 0.0005, 100, 0.005  # seconds between two looks for the write lock: of the first ones, and later
LET_IN = 0.02  # seconds: long enough to look again on a busy machine
CACHE_KILOBYTES = 2048  # of one connection: a transaction of many pages stays in it until it is written at once
WRITE_LOCK: WeakKeyDictionary[Dialect, Lock] = WeakKeyDictionary()  # held by the one thread of this process that writes


def driver() -> ModuleType:
    """The newest SQLite at hand."""
    newest: ModuleType = max((sqlite3, newer_sqlite), key=lambda module: module.sqlite_version_info)
    return newest


def journal_for(version: tuple[int, ...]) -> str:
    """The journal mode that is safe with several processes on this version of SQLite."""
    backported = any(version[:2] == fixed[:2] and version >= fixed for fixed in WAL_RESET_BACKPORTS)
    return "WAL" if version >= WAL_RESET_FIXED or backported else "DELETE"


def prepare(engine: Engine) -> None:
    """Open every connection of this engine the safe way."""
    if engine.dialect.name == "sqlite":
        WRITE_LOCK[engine.dialect] = Lock()
        event.listen(engine, "connect", open_connection)
        event.listen(engine, "begin", begin)
        event.listen(engine, "checkin", release_write_lock)


def open_connection(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin anything by itself
    cursor = connection.cursor()
    cursor.execute(PATIENT)
    cursor.execute(f"PRAGMA journal_mode = {journal_for(driver().sqlite_version_info)}")
    cursor.execute("PRAGMA synchronous = FULL")  # NORMAL loses acknowledged rows at power loss
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is deleted, or sealed, is gone from the file as well
    cursor.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
    write_ahead.open_log(cursor)
    cursor.close()


def begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("looks"):
        return  # each question for itself: see apart.py
    if not options.get("writes"):
        driver_of(connection).execute("BEGIN")  # every page asks for this, and it cannot fail
        return
    take_write_lock(connection)
    begin_writing(connection)


def driver_of(connection: Connection) -> Any:  # see below
    """The connection of the driver itself, of whichever module it is; mypy knows it as one that may be gone."""
    return connection.connection.driver_connection


def take_write_lock(connection: Connection) -> None:
    """Wait until no other thread of this process writes; as long as for another process, then the answer is 503."""
    if "pen" in connection.info:
        return  # the second transaction of a connection that has not gone back yet
    pen = WRITE_LOCK[connection.dialect]
    if not pen.acquire(timeout=BUSY_SECONDS):
        raise OperationalError("BEGIN IMMEDIATE", None, driver().OperationalError("database is locked"))
    connection.info["pen"] = pen


def begin_writing(connection: Connection) -> None:
    """Open a writing transaction as soon as no other process has one, within BUSY_SECONDS; then the answer is 503.

    Who has nothing else to do says by the execution option `waits` how many seconds it waits instead. SQLite itself
    looks ever more seldom, and a job that writes again and again would be first each time: so all looks are ours.
    """
    opened = driver_of(connection)
    opened.execute(IMPATIENT)
    try:
        for pause in looks(connection.get_execution_options().get("waits", BUSY_SECONDS)):
            try:
                opened.execute("BEGIN IMMEDIATE")
            except driver().OperationalError as error:
                if "locked" not in str(error):
                    break
                sleep(pause)
            else:
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # whose error is told as any other
    finally:
        opened.execute(PATIENT)


def looks(patience: float) -> Iterator[float]:
    """The seconds to wait after each look, until so many are over."""
    ends = monotonic() + patience
    yield from [AT_ONCE] * LOOKS
    while monotonic() < ends:
        yield SOON


def let_others_write(engine: Engine) -> None:
    """Wait a little between two transactions of a job, so that people come in between. PostgreSQL has a queue."""
    sleep(LET_IN if engine.dialect.name == "sqlite" else 0)


def release_write_lock(connection: sqlite3.Connection | None, record: ConnectionPoolEntry) -> None:
    """When the connection goes back, for only then the commit is done, or the rollback."""
    pen = record.info.pop("pen", None)
    if pen:
        pen.release()
        write_ahead.copy_home(connection)


def cut_log(engine: Engine) -> bool:
    """Copy home what is in the write-ahead log and cut it to nothing: it holds what was deleted from the pages.

    False where somebody read or wrote all the while: then it is to be tried again. True on PostgreSQL, which has no
    such file. The most is copied while others write; they stand still only for the rest.
    """
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect().execution_options(looks=True) as connection:
        opened = driver_of(connection)
        opened.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        opened.execute(SHORTLY)
        try:
            return not opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0]
        finally:
            opened.execute(PATIENT)
