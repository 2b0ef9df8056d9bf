"""What the server answers before the application is asked: nothing but a status. docs/operate.md says what a proxy adds."""

import socket
from pathlib import Path

from flask import Flask

from tests.faults.server import Server, serving

UNREAD = {
    b"400": b"NOT HTTP\r\n\r\n",
    b"414": b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"431": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X%d: a\r\n" % one for one in range(200)) + b"\r\n",
}
READ = b"GET /nothing-here HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def test_what_no_application_was_asked_for_has_no_body_that_a_header_would_guard(
    app: Flask, database: str, tmp_path: Path
) -> None:
    """Where this fails since granian sends our headers, or a body: bring docs/operate.md up to date."""
    del app
    with serving(Server(database, tmp_path, WORKERS="1")) as server:
        answers = {status: answer_to(server.port, sent) for status, sent in UNREAD.items()}
        ours = answer_to(server.port, READ)

    for status, answer in answers.items():
        head, _blank, body = answer.partition(b"\r\n\r\n")
        assert (head.split()[1], body) == (status, b"")
        names = {line.partition(b":")[0].lower() for line in head.split(b"\r\n")[1:]}
        assert names == {b"connection", b"content-length", b"date"}
    assert b"404" in ours[:20] and b"content-security-policy:" in ours.lower()


def answer_to(port: int, sent: bytes) -> bytes:
    """Everything the server says to these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(sent)
        return b"".join(iter(lambda: client.recv(65536), b""))
