"""The write-ahead log of SQLite: what many commits changed is copied home at once, and others write meanwhile.

SQLite itself would copy it inside the commit that makes the log long, and whoever waits for the pen would wait for that
too: 90 to 250 ms on a slow disk.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path

LONGEST = 16_384_000  # bytes of a log that is left alone; each commit is on disk at once, in the log


def open_log(cursor: sqlite3.Cursor) -> None:
    """Leave the copying to copy_home(). A log that begins anew is cut to LONGEST: whether it grew since is its size."""
    cursor.execute("PRAGMA wal_autocheckpoint = 0")
    cursor.execute(f"PRAGMA journal_size_limit = {LONGEST}")


def copy_home(connection: sqlite3.Connection | None) -> None:
    """Copy the pages of a long log into the database, as far as nobody reads older ones; after a transaction.

    What fails is tried again after the next one, as where the connection is gone: the log is on the disk.
    """
    if connection is not None and _size(connection) > LONGEST:
        with suppress(Exception):  # of whichever module the connection is
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def _size(connection: sqlite3.Connection) -> int:
    """How many bytes the log has; 0 where there is none, as without a file or in another journal mode."""
    file = connection.execute("PRAGMA database_list").fetchone()[2]
    log = Path(f"{file}-wal")
    return log.stat().st_size if file and log.exists() else 0
