"""Bring the database up to date, and die before the nth statement: `python -m tests.faults.dying N [careless]`."""

import os
import sys
from itertools import count

import flask_migrate
from sqlalchemy import event

from config import ROOT
from eventapp.commands import create_app
from eventapp.ground.db import db, sqlite

KILLED = 137
statements = count(1)


def main(last: int, *, careless: bool) -> None:
    app = create_app()
    with app.app_context():

        @event.listens_for(db.engine, "before_cursor_execute")
        def die(*_told: object) -> None:
            if next(statements) == last:
                os._exit(KILLED)

        if careless:
            forget_transactions()
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))


def forget_transactions() -> None:
    """Every statement stays as soon as it is done."""
    if db.engine.dialect.name == "sqlite":
        event.remove(db.engine, "begin", sqlite.begin)
    else:
        db.engine.update_execution_options(isolation_level="AUTOCOMMIT")


if __name__ == "__main__":
    main(int(sys.argv[1]), careless="careless" in sys.argv)
