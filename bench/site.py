"""What the measured server loads: the application, and beside it the bare Flask page it is compared with."""

import gc
import os

gc.disable()  # as wsgi.py does

from flask import Flask, Response  # noqa: E402
from werkzeug.middleware.dispatcher import DispatcherMiddleware  # noqa: E402

from bench.server import BARE  # noqa: E402
from eventapp import create_app  # noqa: E402
from eventapp.ground.garbage import look_seldom  # noqa: E402


def bare() -> Flask:
    """The least that answers: a constant page."""
    app = Flask("bare")
    bodies: dict[int, bytes] = {}

    @app.get("/page/<int:size>")
    def page(size: int) -> Response:
        return Response(bodies.setdefault(size, os.urandom(size)), mimetype="text/html")

    return app


app = DispatcherMiddleware(create_app(), {BARE: bare()})
look_seldom()
