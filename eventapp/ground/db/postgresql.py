"""What PostgreSQL says when it goes behind a pooler of connections, or has no room, is told as what it is."""

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError

OUT_OF_STEP = "results from command"  # of psycopg, where a pooler passed on what was meant for nobody
UNNAMED, WRITES_TABLES = "XX000", "md.c"  # a fault with no code of its own; the part of the server that tells of it


def prepare(engine: Engine) -> None:
    """Know a connection that was lost behind a pooler, and a server without room, whatever the driver calls it."""
    if engine.dialect.name == "postgresql":
        event.listen(engine, "handle_error", tell_of_loss)
        event.listen(engine, "handle_error", tell_of_no_room)


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


def tell_of_no_room(context: ExceptionContext) -> None:
    """PostgreSQL has a code for a disk that is full (53100), and none for a quota that is used up or a largest file.

    All three are the same to who asked: nothing was kept, and it is tried again when there is room.
    """
    fault = context.original_exception
    source = getattr(getattr(fault, "diag", None), "source_file", None)
    if getattr(fault, "sqlstate", None) == UNNAMED and source == WRITES_TABLES:
        raise OperationalError(context.statement, None, fault, hide_parameters=True)
