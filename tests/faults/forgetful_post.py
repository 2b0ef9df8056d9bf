"""The mail worker that forgets what it could not write down, as soon as the database does not answer. For the control."""

from collections.abc import Callable
from typing import TypeVar

from eventapp.ground.db import transaction
from eventapp.ground.jobs.stopping import Stop
from eventapp.mail.sending import delivery
from tests.faults import jumping

T = TypeVar("T")


def once(write: Callable[[], T], stop: Stop) -> T:
    """Try to write it down, and leave it at that."""
    del stop
    with transaction():
        return write()


if __name__ == "__main__":
    delivery.written = once
    jumping.deliver()
