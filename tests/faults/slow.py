"""Clients that send a form a byte at a time, and another who asks for a page meanwhile."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from select import select
from socket import create_connection, socket

from tests.faults.server import PATIENCE, Server, wait_until

BYTES = 6000  # of a slow form
APART = 0.01  # seconds between one byte of each and the next
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class SlowBodies:
    """Forms on their way to this server, none of them whole."""

    def __init__(self, server: Server, path: str, clients: list[socket]) -> None:
        self.server, self.clients, self.left = server, clients, BYTES
        head = [
            f"POST {path} HTTP/1.1",
            f"Host: 127.0.0.1:{server.port}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {BYTES}",
            "Expect: 100-continue",  # so that one is told when a thread begins to read
        ]
        self.head = "\r\n".join([*head, "", ""]).encode()

    def wait_for_readers(self, most: int) -> None:
        """Begin every form; return when so many threads wait for the next byte of one.

        One after the other: the server starts a thread where nobody is idle, and for an instant it takes a thread that
        has just got a form for an idle one. A form that comes in that instant waits for the request after it.
        """
        for begun, client in enumerate(self.clients, start=1):
            client.sendall(self.head)
            self.need_readers(min(begun, most))

    def need_readers(self, most: int) -> None:
        wait_until(lambda: len(self.told()) == most, f"not {most} forms are being read")

    def told(self) -> list[socket]:
        return select(self.clients, [], [], 0)[0]

    def answered_meanwhile(self, path: str, most: int) -> tuple[bytes, bytes]:
        """What another client is told while each form grows by so many bytes at most, and what as soon as all have come."""
        with create_connection(("127.0.0.1", self.server.port), PATIENCE) as other:
            other.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\n\r\n".encode())
            for _byte in range(most):
                self.send(1)
                if select([other], [], [], APART)[0]:
                    return other.recv(12), b""
            self.send(self.left)
            return b"", other.recv(12)

    def send(self, most: int) -> None:
        """So many bytes more of each."""
        for client in self.clients:
            client.sendall(b"a" * most)
        self.left -= most


@contextmanager
def slow_bodies(server: Server, path: str, most: int) -> Iterator[SlowBodies]:
    with ExitStack() as held:
        clients = [
            held.enter_context(create_connection(("127.0.0.1", server.port), PATIENCE)) for _client in range(most)
        ]
        yield SlowBodies(server, path, clients)
