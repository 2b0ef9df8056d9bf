"""What the database and every file say: rows, files, the log, a dump and a new backup, each as one text."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db, sqlite
from eventapp.ground.db.in_runs import words_in
from eventapp.ground.db.types import Base
from eventapp.operations.backups.databases import FILES
from eventapp.review.reports.models import Snapshot
from tests.conftest import ON_POSTGRESQL
from tests.postgres import installed

HEXADECIMAL = re.compile(r"\\\\x((?:[0-9a-f]{2})+)\b")  # a file in a row, as a dump writes it


def in_rows() -> str:
    """What the database says, as one text."""
    db.session.rollback()
    rows = [row for table in Base.metadata.sorted_tables for row in db.session.execute(table.select())]
    return "\n".join([*(repr(value) for row in rows for value in row), *packed_words()]).casefold()


def packed_words() -> list[str]:
    """The words of the versions that are kept compressed."""
    query = select(Snapshot.packed).where(Snapshot.packed.is_not(None)).order_by(Snapshot.id)
    return [words_in(one) for one in db.session.scalars(query) if one]


def in_files(folder: Path) -> str:
    """What the files of this folder say, as one text."""
    return "\n".join(read(one.read_bytes()) for one in sorted(folder.rglob("*")) if one.is_file())


def read(content: bytes) -> str:
    """As text in UTF-8, and in UTF-16, which SQLite may be told to write."""
    return content.decode("utf-8", "replace").casefold() + content.decode("utf-16-le", "replace").casefold()


def everywhere(app: Flask, folder: Path) -> Mapping[str, str]:
    """Place -> what it says. The places are the rows, every file of the app, a dump, and a backup made in `folder`.

    The log of SQLite is cut first, as the worker does at each look.
    """
    said = {"the rows": in_rows()}
    db.session.remove()
    assert sqlite.cut_log(db.engine)
    backup = backed_up(app, folder)
    if ON_POSTGRESQL:
        said["a dump"] = dumped(["pg_dump", "--dbname", address()])
        said["a new backup"] = dumped(["pg_restore", "--file=-", str(backup / FILES["postgresql"])])
    else:
        said["a new backup"] = in_files(backup)
        file = Path(str(db.engine.url.database))
        said |= {one.name: read(one.read_bytes()) for one in file.parent.glob(f"{file.name}*")}
    said["the data folder"] = in_files(Path(app.config["DATA_DIR"]))
    return said


def backed_up(app: Flask, folder: Path) -> Path:
    """The folder of a backup that the command made just now."""
    folder.mkdir()
    before = os.environ["PATH"]
    try:
        os.environ["PATH"] = f"{installed()}{os.pathsep}{before}" if ON_POSTGRESQL else before
        done = app.test_cli_runner().invoke(args=["operations", "backup", str(folder)])
    finally:
        os.environ["PATH"] = before
    assert done.exit_code == 0, done.output
    db.session.remove()
    [made] = folder.iterdir()
    return made


def dumped(command: list[str]) -> str:
    """What this program of PostgreSQL prints; a file in a row is written in hexadecimal digits, and read as one."""
    words = subprocess.run([installed() / command[0], *command[1:]], check=True, capture_output=True).stdout.decode()
    files = [bytes.fromhex(one) for one in HEXADECIMAL.findall(words)]
    return "\n".join([words.casefold(), *map(read, files)])


def address() -> str:
    """Of the database, as the programs of PostgreSQL take it."""
    return db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
