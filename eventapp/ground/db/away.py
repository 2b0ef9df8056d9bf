"""A database that is held by somebody else, full or gone: who waits may ask it again."""

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout


def is_away(error: Exception) -> bool:
    """Whether the database is, whatever the driver calls that.

    What was written is then not kept. Only where the connection was lost while it was committed, nobody knows.
    """
    if isinstance(error, (OperationalError, PoolTimeout)):
        return True
    return isinstance(error, DBAPIError) and error.connection_invalidated
