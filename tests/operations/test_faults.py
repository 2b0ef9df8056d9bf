"""What a person at a terminal reads when something is not as it should be: one line that says what to do."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from config import ROOT
from eventapp.ground.refusal import Refused
from eventapp.operations.faults import in_a_line

UPGRADE = "The database does not have the tables of this version: ./run flask db upgrade"


def flask(*words: str, **settings: str) -> tuple[int, str]:
    known = {"PATH": os.environ["PATH"], "ENVIRONMENT": "development", "SECRET_KEY": "x"}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "commands", *words],
        cwd=ROOT,
        env={**known, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("words", "settings", "says"),
    [
        (("history", "verify"), {"DATABASE_URL": "sqlite:////no/such/folder/x.db"}, "unable to open database file."),
        (("db", "upgrade"), {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/name"}, "Connection refused."),
        (("operations", "backup", "/no/such/folder"), {}, "/no/such/folder: No such file or directory."),
        (("history", "verify"), {}, UPGRADE),
    ],
)
def test_a_command_that_cannot_work_says_why_in_a_line(
    tmp_path: Path, words: tuple[str, ...], settings: dict[str, str], says: str
) -> None:
    code, said = flask(*words, **{"DATA_DIR": str(tmp_path), **settings})

    assert (code, len(said.splitlines())) == (1, 1)
    assert said.startswith("Error: ") and says in said


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (OperationalError("", {}, Exception("no such column: person.name")), UPGRADE),
        (ProgrammingError("", {}, Exception('relation "person" does not exist\nLINE 1: …')), UPGRADE),
        (Refused("The last seat was taken."), "The last seat was taken."),
        (OSError(28, "No space left on device", "out.docx"), "out.docx: No space left on device."),
        (IntegrityError("", {}, Exception("UNIQUE constraint failed")), None),
        (ZeroDivisionError(), None),
    ],
)
def test_only_what_nobody_foresaw_keeps_its_traceback(fault: Exception, line: str | None) -> None:
    assert in_a_line(fault) == line


def test_a_database_of_a_newer_version_is_left_to_that_version(tmp_path: Path) -> None:
    here = {"DATA_DIR": str(tmp_path)}
    assert flask("db", "upgrade", **here)[0] == 0
    file = next(tmp_path.glob("*.db"))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("UPDATE oldest_code SET migration = '9999'")
        connection.commit()

    code, said = flask("db", "upgrade", **here)

    assert code == 1
    assert "A newer version of the software made this database (migration 9999). Start that version, or set" in said


def test_a_database_of_before_the_first_release_is_not_sent_to_the_command_that_failed(tmp_path: Path) -> None:
    """Its only migration had the number of our first one, and made other tables."""
    with closing(sqlite3.connect(tmp_path / "eventapp.db")) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.commit()

    code, said = flask("db", "upgrade", DATA_DIR=str(tmp_path))

    assert (code, len(said.splitlines())) == (1, 1), said
    assert said.startswith("Error: This database cannot be brought up to date (no such table: ")
    assert "A version from before the first release made it" in said
    assert "db upgrade" not in said
