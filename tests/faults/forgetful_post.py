"""The mail worker that forgets what it could not write down, as soon as the database does not answer. For the control."""

from collections.abc import Callable
from threading import Event
from typing import TypeVar

from eventapp.ground.db import transaction
from eventapp.mail import delivery
from tests.faults import jumping

T = TypeVar("T")


def once(write: Callable[[], T], stop: Event) -> T:
    """Try to write it down, and leave it at that."""
    del stop
    with transaction():
        return write()


if __name__ == "__main__":
    delivery.written = once
    jumping.deliver()
