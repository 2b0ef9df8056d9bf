"""On SQLite, rows that are asked for in no order come the other way round, so that no page and no test counts on one.

PostgreSQL gives them as they lie, and a row that was changed, or that fills the place of one that is gone, lies
elsewhere. What holds both ways holds there on any day. See https://www.sqlite.org/pragma.html on the pragma.
"""

import sqlite3

from sqlalchemy import Engine, event

from eventapp.ground.db.sqlite import driver


def turn_round() -> None:
    """From now on, on every connection that this process opens."""
    event.listen(Engine, "connect", open_connection)


def open_connection(connection: object, _record: object) -> None:
    if isinstance(connection, (sqlite3.Connection, driver().Connection)):
        connection.execute("PRAGMA reverse_unordered_selects = ON")
