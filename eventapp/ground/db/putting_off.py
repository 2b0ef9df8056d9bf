"""What comes at the end of a transaction may be left for a later one."""

from collections.abc import Callable

from eventapp.ground.db import OPEN, OUTSIDE
from eventapp.ground.db.types import Base


def put_off(name: str, which: Callable[[Base], bool]) -> list[Base]:
    """Take these rows away from what comes at the end of the transaction, and return them for a later one."""
    opened = OPEN.get()
    if opened is None:
        raise RuntimeError(OUTSIDE)
    _act, brought = opened.acts.get(name, (None, []))
    off = [row for row in brought if which(row)]
    brought[:] = [row for row in brought if not which(row)]
    return off
