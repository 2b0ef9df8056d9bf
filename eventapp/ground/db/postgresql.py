"""What PostgreSQL says when it goes behind a pooler, has no room or takes no writes, is told as what it is."""

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError

OUT_OF_STEP = "results from command"  # of psycopg, where a pooler passed on what was meant for nobody
UNNAMED, WRITES_TABLES = "XX000", "md.c"  # a fault with no code of its own; the part of the server that tells of it
TAKES_NO_WRITES = "25006"  # as a copy of the server that has not taken over yet


def prepare(engine: Engine) -> None:
    """Know a lost connection, and a server that has no room or only reads, whatever the driver calls that."""
    if engine.dialect.name == "postgresql":
        event.listen(engine, "handle_error", tell_of_loss)
        event.listen(engine, "handle_error", tell_of_no_room)
        event.listen(engine, "handle_error", tell_of_no_writes)


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


def tell_of_no_writes(context: ExceptionContext) -> None:
    """A server that only reads for now is asked again, as one that is away."""
    fault = context.original_exception
    if getattr(fault, "sqlstate", None) == TAKES_NO_WRITES:
        raise OperationalError(context.statement, None, fault, hide_parameters=True)
