"""A pooler between the application and PostgreSQL passes on the last words of a server that ended its connection."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from eventapp.ground.db import db
from tests.conftest import ON_POSTGRESQL
from tests.shared import new_app

# As PostgreSQL says it: E, the length, then severity, code and words.
FIELDS = b"SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0"
LAST_WORDS = b"E" + (len(FIELDS) + 4).to_bytes(4, "big") + FIELDS
PORT = ".s.PGSQL.5432"


@contextmanager
def pooler(server: str, folder: Path, says: Event) -> Iterator[str]:
    """Passes everything on, and the last words of a server first where somebody begins while `says` is set."""
    behind = server.partition("host=")[2]
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(folder / PORT))
        door.listen()
        over = Event()
        porter = Thread(target=let_in, args=(door, f"{behind}/{PORT}", says, over))
        porter.start()
        try:
            yield server.replace(behind, str(folder))
        finally:  # also where the test found something wrong: or its threads would wait, and nobody be told
            over.set()
            door.shutdown(socket.SHUT_RDWR)
            porter.join()


def let_in(door: socket.socket, behind: str, says: Event, over: Event) -> None:
    guests = list[Thread]()
    while True:
        try:
            client = door.accept()[0]
        except OSError:  # the door is shut
            break
        guests.append(Thread(target=serve, args=(client, behind, says, over)))
        guests[-1].start()
    for guest in guests:
        guest.join()


def serve(client: socket.socket, behind: str, says: Event, over: Event) -> None:
    """Until one of both ends it, or the test is over."""
    with client, socket.socket(socket.AF_UNIX) as server:
        server.connect(behind)
        others = {client: server, server: client}
        while not over.is_set():
            for giver in select([client, server], [], [], 0.1)[0]:
                words = giver.recv(65536)
                if not words:
                    return
                if giver is client and b"BEGIN" in words and says.is_set():
                    says.clear()
                    client.sendall(LAST_WORDS)
                others[giver].sendall(words)


@contextmanager
def closing_all() -> Iterator[None]:
    """Every connection of the app is closed at the end, whatever came of it."""
    try:
        yield
    finally:
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(("method", "address"), [("GET", "/"), ("GET", "/readyz"), ("POST", "/sign-in")])
def test_last_words_of_a_server_are_a_503(app: Flask, database: str, method: str, address: str) -> None:
    if not ON_POSTGRESQL:
        assert db.engine.dialect.name == "sqlite"  # which nobody stands before
        return
    says = Event()
    with TemporaryDirectory() as folder, pooler(database, Path(folder), says) as behind:
        behind_it = new_app(behind)
        behind_it.config["PROPAGATE_EXCEPTIONS"] = False
        says.set()
        answers = [
            behind_it.test_client().open(address, method=method, data={"email": "a@example.org"}) for _one in "12"
        ]
        with behind_it.app_context():
            says.set()
            with closing_all(), pytest.raises(OperationalError, match="results from command"):  # for the mail worker
                db.session.execute(text("SELECT 1"))

    assert (answers[0].status_code, answers[0].headers.get("Retry-After")) == (503, "5")
    assert answers[1].status_code in (200, 303)
