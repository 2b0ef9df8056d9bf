"""Whether a worker is to stop, which a handler of signals says."""

from contextlib import suppress
from queue import Empty, SimpleQueue


class Stop:
    """As threading.Event, which no handler of signals may set.

    An Event has a lock, and who waits for it holds that for moments. A handler runs in the thread that waits: where it
    came in such a moment the worker waited for itself, and never stopped. Putting into a SimpleQueue is made for that.
    """

    def __init__(self) -> None:
        self._said = SimpleQueue[None]()
        self._is_set = False

    def set(self) -> None:
        """Say that it is to stop."""
        self._is_set = True
        self._said.put(None)

    def is_set(self) -> bool:
        return self._is_set

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until told to stop. Returns whether that was said."""
        if not self._is_set:
            with suppress(Empty):
                self._said.get(timeout=seconds)
        return self._is_set
