"""PostgreSQL behind a pooler of connections: what it says when the server goes is told as what it is."""

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError

OUT_OF_STEP = "results from command"  # of psycopg, where a pooler passed on what was meant for nobody


def prepare(engine: Engine) -> None:
    """Know a connection that was lost behind a pooler, whatever the driver calls it."""
    if engine.dialect.name == "postgresql":
        event.listen(engine, "handle_error", tell_of_loss)


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
