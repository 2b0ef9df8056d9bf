"""The server of these tests leaves nothing open: what it forgot would fail some later test, one run in many."""

import socket
import struct
import threading
from collections.abc import Iterator
from typing import Any

from tests.browser.site import Plug

HANG_UP = struct.pack("ii", 1, 0)  # no linger: the other side gets a reset, as from a browser whose page was closed


class Answer:
    """An answer without a body, as to who has the file already."""

    def __init__(self) -> None:
        self.closed = threading.Event()

    def __iter__(self) -> Iterator[bytes]:
        return iter(())

    def close(self) -> None:
        self.closed.set()


def test_an_answer_is_closed_when_its_reader_has_hung_up() -> None:
    """Positive control: with the application's own iterable handed on, the server's reading on is reset and it is never closed."""
    answer, asked, hung_up = Answer(), threading.Event(), threading.Event()

    def app(environ: Any, start_response: Any) -> Answer:
        say = start_response("304 NOT MODIFIED", [])
        say(b"")  # at once: what is reset is not the answer but the reading after it
        asked.set()
        assert hung_up.wait(30)
        return answer

    plug = Plug(app)  # type: ignore[arg-type]
    plug.start()
    browser = socket.create_connection(("127.0.0.1", plug.port))
    browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, HANG_UP)
    browser.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
    assert asked.wait(30)
    browser.close()
    hung_up.set()
    closed = answer.closed.wait(30)
    plug.stop()
    assert closed
