"""Ports for the servers that tests start."""

import os
import random
import socket
from collections.abc import Iterator

LOWEST, EACH = 10_240, 2_000  # below those that the system gives to outgoing connections (32768 on Linux)
WORKERS = 11


def free_port() -> int:
    """A port of 127.0.0.1 where nothing listens, given to nobody else in this run.

    A port that the system chose may be chosen again before the server binds it, and two servers that share their port
    by SO_REUSEPORT, as ours does, then both start.
    """
    for port in _PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    message = "no port is left"
    raise AssertionError(message)


def _of_this_worker() -> Iterator[int]:
    place = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % WORKERS
    first = LOWEST + place * EACH
    yield from random.sample(range(first, first + EACH), EACH)  # two runs on one machine begin at different ones


_PORTS = _of_this_worker()
