"""PostgreSQL keeps what is asked often; what it says when it goes, has no room or takes no writes is told as it is."""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError

OFTEN, STATEMENTS = 5, 200  # asked so often on a connection, a statement is kept by the server; how many it keeps
OUT_OF_STEP = "results from command"  # of psycopg, where a pooler passed on what was meant for nobody
UNNAMED, WRITES_TABLES = "XX000", "md.c"  # a fault with no code of its own; the part of the server that tells of it
CANNOT, KEEPS_PLANS = "0A000", "plancache.c"
TAKES_NO_WRITES = "25006"  # as a copy of the server that has not taken over yet


def prepare(engine: Engine) -> None:
    """Keep statements, and know a lost connection and a server that has no room, whatever the driver calls that."""
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", keep_more)
        event.listen(engine, "rollback", keep_statements)
        event.listen(engine, "handle_error", tell_of_loss)
        event.listen(engine, "handle_error", tell_of_another_table)
        event.listen(engine, "handle_error", tell_of_no_room)
        event.listen(engine, "handle_error", tell_of_no_writes)


def keep_more(connection: Any, _record: object) -> None:  # psycopg's
    """Keep what the pages of a busy hour ask: with fewer, each would put out another one and come back to be read."""
    connection.prepared_max = STATEMENTS


def keep_statements(connection: Connection) -> None:
    """End what was read in our own words: psycopg's rollback() forgets each statement that the server has read already.

    It does so for tables that were made in what is rolled back; here only migrations make tables. What failed is left
    to it.
    """
    if connection.closed or connection.invalidated:
        return
    driver: Any = connection.connection.driver_connection  # psycopg's, which is not loaded where SQLite is used
    if driver.info.transaction_status.name == "INTRANS":
        driver.pgconn.exec_(b"ROLLBACK")


def tell_of_loss(context: ExceptionContext) -> None:
    """The last words of a server that ended a connection of the pooler reach whoever is given this connection next.

    They come beside the answer to the first statement, which psycopg calls a fault of its own. The connection is given
    up, and the fault is the one that everything raises where the database went: 503 to who asked, another try by the
    mail worker.
    """
    fault = context.original_exception
    if OUT_OF_STEP in str(fault) and getattr(fault, "sqlstate", None) is None:
        context.is_disconnect = True
        raise OperationalError(context.statement, None, fault, hide_parameters=True, connection_invalidated=True)


def tell_of_another_table(context: ExceptionContext) -> None:
    """A migration changed what a kept statement gives: with the connections their statements go, and it is asked anew.

    PostgreSQL says only that it cannot (0A000), as of much else.
    """
    fault = context.original_exception
    source = getattr(getattr(fault, "diag", None), "source_file", None)
    if getattr(fault, "sqlstate", None) == CANNOT and source == KEEPS_PLANS:
        context.is_disconnect = True
        raise OperationalError(context.statement, None, fault, hide_parameters=True, connection_invalidated=True)


def tell_of_no_room(context: ExceptionContext) -> None:
    """PostgreSQL has a code for a disk that is full (53100), and none for a quota that is used up or a largest file.

    All three are the same to who asked: nothing was kept, and it is tried again when there is room.
    """
    fault = context.original_exception
    source = getattr(getattr(fault, "diag", None), "source_file", None)
    if getattr(fault, "sqlstate", None) == UNNAMED and source == WRITES_TABLES:
        raise OperationalError(context.statement, None, fault, hide_parameters=True)


def tell_of_no_writes(context: ExceptionContext) -> None:
    """A server that only reads for now is asked again, as one that is away."""
    fault = context.original_exception
    if getattr(fault, "sqlstate", None) == TAKES_NO_WRITES:
        raise OperationalError(context.statement, None, fault, hide_parameters=True)
