"""Bring the database up to date, and die on the way: `python -m tests.faults.dying [STEP [careless]]`.

Without a step it is done once. With one it is begun again and again, each time in a process forked from this one, which
has its modules and its app already, until a try is not killed; what each ended with is printed. A try that begins where
the one before was killed dies a step later than that. On SQLite, where all migrations are one transaction, it begins from
nothing: there it dies after twice as many statements, and at each step between, the files are copied as a kill leaves them.
"""

import os
import shutil
import sys
import traceback
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import event

from config import ROOT
from eventapp.commands import create_app
from eventapp.ground.db import db, sqlite

KILLED = 137
COPIES = "copies"  # the folder of them, beside the database


def main(step: int, *, careless: bool) -> None:
    app = create_app()
    if not step:
        migrate(app, 0, range(0), careless=careless)
        return
    from_nothing = app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    ends, last = [KILLED], 0
    while ends[-1] == KILLED:
        before, last = last, last * 2 if from_nothing and last else last + step
        copied = range(before + step, last + 1, step) if from_nothing else range(0)
        ends.append(forked(partial(migrate, app, last, copied, careless=careless)))
    print(*ends[1:])


def migrate(app: Flask, last: int, copied: range, *, careless: bool) -> None:
    """Die before the last statement, and copy the files before those of these numbers."""
    statements = count(1)
    with app.app_context():

        @event.listens_for(db.engine, "before_cursor_execute")
        def die(*_told: object) -> None:
            number = next(statements)
            if number in copied:
                forked(lambda: copy(Path(str(db.engine.url.database)), number))
            if number == last:
                os._exit(KILLED)

        if careless:
            forget_transactions()
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))


def copy(file: Path, number: int) -> None:
    """In a process of its own: whoever closes a file gives up the locks that its process has on it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        if (part := Path(f"{file}{ending}")).exists():
            shutil.copyfile(part, file.parent / COPIES / f"{number}.db{ending}")


def forked(act: Callable[[], None]) -> int:
    """Do it in a copy of this process. Returns what that ended with: 0, KILLED, or 1 for an error."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        act()
    except BaseException:  # noqa: BLE001 (the copy must not go on as its parent would)
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def forget_transactions() -> None:
    """Every statement stays as soon as it is done."""
    if db.engine.dialect.name == "sqlite":
        event.remove(db.engine, "begin", sqlite.begin)
    else:
        db.engine.update_execution_options(isolation_level="AUTOCOMMIT")


if __name__ == "__main__":
    main(int([*sys.argv, "0"][1]), careless="careless" in sys.argv)
