"""SQLite made fit for a secretariat: one writer at a time, durable, and no known corruption.

The default driver opens no transaction for a SELECT, so counting and then inserting oversells. Here every transaction
is opened in words, and a writing one with BEGIN IMMEDIATE, so that whoever counts seats already holds the pen.
"""

import sqlite3
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, event

try:
    from pysqlite3 import dbapi2 as newer_sqlite
except ImportError:  # no wheel for this platform: the one that came with Python
    newer_sqlite = sqlite3

# The WAL-reset bug: a checkpoint racing a commit can corrupt a database (sqlite.org/wal.html#walresetbug).
WAL_RESET_FIXED = (3, 51, 3)
WAL_RESET_BACKPORTS = ((3, 50, 7), (3, 44, 6))
BUSY_SECONDS = 15
CACHE_KILOBYTES = (
    256  # of one connection; another process's write empties it anyway, and the system keeps the file's pages
)


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
        event.listen(engine, "connect", open_connection)
        event.listen(engine, "begin", begin)


def open_connection(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin anything by itself
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute(f"PRAGMA journal_mode = {journal_for(driver().sqlite_version_info)}")
    cursor.execute("PRAGMA synchronous = FULL")  # NORMAL loses acknowledged rows at power loss
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
    cursor.close()


def begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
