"""In tests and in development, a page that loads rows one by one by touching an attribute is a fault.

Its query forgot them. Once for one row, such as the rooms of the meeting, costs what a query of its own would; the
second time is a list that grows with what the meeting holds. The pages of the common requests do it never.
"""

from flask import Flask, g, has_request_context, request
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState

from eventapp.ground.db import db

NEVER = ("registration", "mine", "agenda")  # the blueprints of the common requests
EXPORTS = {"mine.everything"}  # all that is stored about one person: a few rows of many kinds, asked for once


class LazyLoads:
    """The extension: watches the session where somebody who can mend it sees the fault."""

    def init_app(self, app: Flask) -> None:
        if (app.testing or app.config["DEVELOPMENT"]) and not event.contains(db.session, "do_orm_execute", refuse):
            event.listen(db.session, "do_orm_execute", refuse)


def refuse(state: ORMExecuteState) -> None:
    if not state.is_select or state.lazy_loaded_from is None or not has_request_context():
        return
    if request.method not in ("GET", "HEAD") or request.endpoint in EXPORTS:
        return
    path = str(state.loader_strategy_path)
    loaded: set[str] = g.setdefault("lazily_loaded", set())
    if request.blueprint in NEVER or path in loaded:
        message = f"{request.endpoint} loads rows one by one: {path}"
        raise RuntimeError(message)
    loaded.add(path)
