"""What the measured server loads: the application, and beside it the bare Flask routes it is compared with."""

import gc
import os
import sqlite3
import threading
from pathlib import Path

gc.disable()  # as wsgi.py does

from flask import Flask, Response, request  # noqa: E402
from werkzeug.middleware.dispatcher import DispatcherMiddleware  # noqa: E402

from eventapp import create_app, sqlite  # noqa: E402
from eventapp.heap import collect_seldom  # noqa: E402

BARE = "/bare"


def bare(folder: Path) -> Flask:
    """The least that answers the same: a constant page, and one row inserted with the same durable commit."""
    app = Flask("bare")
    kept = threading.local()
    bodies: dict[int, bytes] = {}

    @app.get("/page/<int:size>")
    def page(size: int) -> Response:
        return Response(bodies.setdefault(size, os.urandom(size)), mimetype="text/html")

    @app.post("/rows")
    def insert() -> Response:
        connection = getattr(kept, "connection", None)
        if connection is None:
            connection = kept.connection = opened(folder / "bare.db")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO thing (said) VALUES (?)", (request.get_data(as_text=True),))
        connection.execute("COMMIT")
        return Response("kept", mimetype="text/plain")

    return app


def opened(file: Path) -> sqlite3.Connection:
    """A connection as the application opens its own: same driver, same journal, same durability."""
    connection: sqlite3.Connection = sqlite.driver().connect(str(file), check_same_thread=False)
    sqlite.open_connection(connection, None)
    connection.execute("CREATE TABLE IF NOT EXISTS thing (id INTEGER PRIMARY KEY, said TEXT)")
    return connection


def application() -> DispatcherMiddleware:
    app = create_app()
    collect_seldom()
    return DispatcherMiddleware(app, {BARE: bare(Path(app.config["DATA_DIR"]))})
